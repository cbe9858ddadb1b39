import { describe, expect, it } from 'vitest';
import { createContext, type ContextSource } from '../../../src/context.js';
import { statusDelete } from '../../../src/resolvers/statuses/delete.js';
import type { TestUser } from '../../support/maker.js';
import { everybody, makePosts, type TestStatus } from '../../support/posts.js';
import type { Row } from '../../support/rows.js';
import { useStandIn } from '../../support/stand-in.js';
import { baseUrl, useWorld } from '../../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const { startInstance } = useStandIn(world);

interface Answer {
  readonly errors: readonly { readonly code: string }[];
  readonly effect: {
    readonly kind: string;
    readonly jobs: readonly { readonly worker: string; readonly queue: string }[];
  } | null;
}

async function remove(status: TestStatus): Promise<Answer> {
  const { statusDelete: answer } = await (
    await world.asAdmin()
  ).data<{ statusDelete: Answer }>(
    `mutation { statusDelete(input: { status: { databaseId: "${status.databaseId}" } }) { errors { code } effect { kind jobs { worker queue } } } }`,
  );
  return answer;
}

/** A status with likes, boosts, a bookmark, notifications, a pin, shared hashtags and a parent. */
async function busyStatus(
  alice: TestUser,
  options: Parameters<typeof posts.status>[1],
): Promise<TestStatus> {
  const parent = await posts.status(alice, {
    hashtags: ['shared'],
    object: { repliesCount: 2, quotesCount: 3 },
  });
  const status = await posts.status(alice, {
    hashtags: ['only', 'shared'],
    ...options,
    object: { inReplyTo: parent.apId, quoteUrl: parent.apId, ...options?.object },
  });
  const bob = await world.user({ nickname: 'bob' });
  for (const type of ['Like', 'Announce', 'EmojiReact']) {
    const act = await posts.act(bob, type, status.apId);
    await world.database.pool.query(
      `insert into notifications (user_id, activity_id, type, inserted_at, updated_at) values ($1, $2, 'favourite', timezone('UTC', now()), timezone('UTC', now()))`,
      [alice.id, act],
    );
  }
  await world.database.pool.query(
    `insert into bookmarks (user_id, activity_id, inserted_at, updated_at) values ($1, $2, timezone('UTC', now()), timezone('UTC', now()))`,
    [bob.id, status.id],
  );
  await world.database.pool.query(
    `update users set pinned_objects = jsonb_build_object($2::text, timezone('UTC', now()), $3::text, timezone('UTC', now())) where id = $1`,
    [alice.id, status.apId, parent.apId],
  );
  await posts.report(bob, alice, [status]);
  return status;
}

/** Every row but for times, ids that are made anew, and who signed the Delete: the author does where the instance deletes. */
async function rowsLeft(): Promise<Record<string, readonly Row[]>> {
  const tables = [
    'activities',
    'objects',
    'users',
    'hashtags',
    'hashtags_objects',
    'notifications',
    'bookmarks',
    'moderation_log',
    'report_notes',
  ];
  const entries = await Promise.all(
    tables.map(async (table) => [table, await world.rows(table)] as const),
  );
  return Object.fromEntries(entries.map(([table, rows]) => [table, rows.map(lasting)]));
}

function lasting(timed: Row): Row {
  const row = { ...timed, updated_at: 'then', inserted_at: 'then' };
  const data = timed['data'] as Row | undefined;
  if (data?.['type'] === 'Tombstone') return { ...row, data: { ...data, deleted: 'then' } };
  if (data?.['type'] === 'Delete')
    return { ...row, id: 'new', actor: 'signer', data: { ...data, id: 'new', actor: 'signer' } };
  return row;
}

const kinds: Readonly<Record<string, Parameters<typeof posts.status>[1]>> = {
  public: {},
  unlisted: { to: [], cc: [everybody] },
  private: { to: [`${baseUrl}/users/alice/followers`], cc: [] },
  direct: { to: [`${baseUrl}/users/bob`], cc: [] },
  local: { to: [`${baseUrl}/#Public`], cc: [] },
  sensitive: { object: { sensitive: true, summary: 'careful' } },
  poll: {
    object: {
      type: 'Question',
      oneOf: [{ name: 'a', replies: { totalItems: 2 } }],
      closed: '2030-01-01T00:00:00Z',
    },
  },
  article: { object: { type: 'Article', name: 'A title' } },
};

describe('a status is deleted by the running instance, which clears the page it serves to other servers', () => {
  it.each(Object.entries(kinds))(
    'and the rows left of a %s one are the same as without it',
    async (_kind, options) => {
      const alice = await world.user({ nickname: 'alice' });
      const status = await busyStatus(alice, options);
      const putBack = await world.keep();
      expect((await remove(status)).effect?.jobs.map(({ worker }) => worker)).not.toContain(
        'Pleroma.Workers.PurgeExpiredActivity',
      );
      const own = await rowsLeft();
      await putBack();

      const running = await startInstance();
      running.pages.add(new URL(status.apId).pathname);
      const { errors, effect } = await remove(status);
      expect(errors).toEqual([]);
      expect(effect).toEqual({
        kind: 'IMMEDIATE',
        jobs: [
          {
            worker: 'Pleroma.Workers.PurgeExpiredActivity',
            queue: world.family === 'akkoma' ? 'activity_expiration' : 'background',
          },
        ],
      });
      expect(running.pages).toEqual(new Set());
      expect(await rowsLeft()).toEqual(own);
    },
  );

  it('by a job of this shape, which is one transaction with the log row', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const status = await posts.status(alice);
    await startInstance();
    await remove(status);
    const [job] = await world.rows('oban_jobs', `worker = 'Pleroma.Workers.PurgeExpiredActivity'`);
    const [log] = await world.rows('moderation_log');
    expect(job).toMatchObject({
      args: { activity_id: status.databaseId },
      max_attempts: 1,
      priority: 0,
      state: 'completed',
    });
    expect(log?.['data']).toMatchObject({ action: 'status_delete', subject_id: status.databaseId });
  });

  it.each([
    ['a remote author', { nickname: 'rob@far.example' }],
    ['a deactivated author', { nickname: 'gone', isActive: false }],
  ])('but one of %s is deleted here', async (_what, attributes) => {
    const author = await world.user(attributes);
    const status = await posts.status(author);
    await startInstance();
    expect((await remove(status)).errors).toEqual([]);
    expect(await world.rows('oban_jobs', `worker like '%PurgeExpiredActivity'`)).toEqual([]);
    expect(await world.rows('activities', `data->>'type' = 'Create'`)).toEqual([]);
  });

  it('and one it cannot delete is deleted here', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const status = await posts.status(alice, { object: { to: null } });
    const running = await startInstance();
    const { errors, effect } = await remove(status);
    expect(running.failures).toHaveLength(1);
    expect([errors, effect?.kind]).toEqual([[], 'NEEDS_MODULE']);
    expect(await world.rows('activities', `data->>'type' = 'Create'`)).toEqual([]);
    expect(await world.rows('moderation_log')).toHaveLength(1);
  });

  it('or waits in its queue, and the payload says so', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const status = await posts.status(alice);
    await world.database.pool.query(
      `insert into oban_peers (name, node, started_at, expires_at) values ('Oban', 'busy', timezone('UTC', now()), timezone('UTC', now()) + interval '1 minute')`,
    );
    const { errors, effect } = await remove(status);
    expect([errors, effect?.kind, effect?.jobs.length]).toEqual([[], 'QUEUED', 1]);
    expect(await world.rows('activities', `data->>'type' = 'Create'`)).toHaveLength(1);
  });

  it('every one of an account whose activities are deleted', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const statuses = [];
    for (let index = 0; index < 8; index += 1) statuses.push(await posts.status(alice));
    const running = await startInstance();
    for (const { apId } of statuses) running.pages.add(new URL(apId).pathname);
    const { userDeleteActivities: answer } = await (
      await world.asAdmin()
    ).data<{ userDeleteActivities: object }>(
      'mutation { userDeleteActivities(input: { user: { nickname: "alice" } }) { statusesCount errors { code } effect { kind } } }',
    );
    expect(answer).toEqual({ statusesCount: 8, errors: [], effect: { kind: 'IMMEDIATE' } });
    expect([
      running.pages.size,
      await world.rows('activities', `data->>'type' = 'Create'`),
    ]).toEqual([0, []]);
  });
});

describe('with the companion module', () => {
  const source = (): ContextSource => ({ ...world.source, companion: { isThere: true } });

  it('a status is deleted here, and the module clears its pages', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const status = await posts.status(alice);
    const running = await startInstance({ hasModule: true });
    running.pages.add(new URL(status.apId).pathname);
    running.pages.add(new URL(status.createApId).pathname);
    const context = createContext(source(), { kind: 'operator' });
    await statusDelete(context, { status: { databaseId: status.databaseId } });
    await running.drain();
    const [job] = await world.rows('oban_jobs', `worker = 'Steward.InstanceWorker'`);
    expect(job).toMatchObject({
      queue: 'background',
      max_attempts: 3,
      args: {
        op: 'forget',
        objects: [status.apId, status.createApId],
        activities: [status.databaseId],
      },
    });
    expect([running.pages.size, running.failures]).toEqual([0, []]);
  });
});
