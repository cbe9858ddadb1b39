import { beforeEach } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { configRules } from '../../src/instance/config-rules.js';
import { openDashboard, type Dashboard } from './admin-fe.js';
import { writeNote } from './cases.js';
import { useListening, type Ask } from './listening.js';
import type { TestUser } from './maker.js';
import { makePosts, type TestReport, type TestStatus } from './posts.js';
import type { World } from './world.js';

/**
 * AdminFE since December 2022 knows only today's prefix; the builds before it want the same answers
 * below the old one
 * (docs/instance/admin-fe.md#where-the-documents-and-adminfe-contradict-each-other).
 */
export const dashboardPrefixes = ['/api/v1/pleroma/admin', '/api/pleroma/admin'] as const;

/** What a dashboard finds at an instance: accounts, statuses, and reports with and without those they name. */
export interface DashboardScene {
  readonly ask: Ask;
  readonly dashboard: Dashboard;
  readonly alice: TestUser;
  readonly rob: TestUser;
  readonly note: TestStatus;
  readonly theirs: TestStatus;
  readonly complaint: TestReport;
}

/** Before each test, starts a Steward with the scene and opens a dashboard of the admin at it. */
export function useDashboardScene(world: World): () => DashboardScene {
  const posts = makePosts(world);
  const start = useListening(world);
  let scene: DashboardScene;
  beforeEach(async () => {
    const ask = await start({
      source: { config: configRules() },
      legacyDialect: 'akkoma',
      corsOrigins: ['https://dashboard.example'],
      attempts: createAttempts(1_000),
    });
    const dashboard = openDashboard(ask, await world.token(world.admin));
    const alice = await world.user({ nickname: 'alice', email: 'alice@mail.example' });
    const rob = await world.user({ nickname: 'rob@remote.example' });
    const note = await posts.status(alice, {
      object: {
        summary: 'careful',
        attachment: [
          {
            type: 'Image',
            name: '',
            url: [{ type: 'Link', href: 'https://home.example/a.png', mediaType: 'image/png' }],
          },
        ],
      },
    });
    await posts.status(alice, { to: [`${alice.apId}/followers`], cc: [] });
    const theirs = await posts.status(rob);
    const complaint = await posts.report(rob, alice, [note]);
    await writeNote(world, world.admin, complaint, 'looked at it');
    await posts.report(
      { ...rob, apId: 'https://gone.example/users/gone' },
      { ...alice, apId: 'https://home.example/users/deleted' },
      [],
      { content: null },
    );
    scene = { ask, dashboard, alice, rob, note, theirs, complaint };
  });
  return () => scene;
}
