import { expect, it } from 'vitest';
import { writeNote } from '../support/cases.js';
import type { TestUser } from '../support/maker.js';
import { makePosts, type TestReport } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);

/** Which rows meet in one statement depends a little on which answer comes first; a statement per row would be eight more. */
const slack = 2;

const person = 'nickname databaseId isActive';
const wholeCase = `query ($first: Int!) {
  reports(first: $first) {
    totalCount
    nodes {
      id databaseId state content createdAt
      account { ${person} reportsAbout(first: 3) { databaseId } statuses(first: 2, includePrivate: true) { totalCount nodes { databaseId } } }
      actor { ${person} }
      statuses { apId snapshotContent wasDeleted status { databaseId content visibility account { ${person} } mentions { ${person} } inReplyTo { databaseId account { ${person} } } mediaAttachments { url } poll { votesCount } } }
      notes { content author { ${person} } }
      logEntries(first: 3) { action message actor { ${person} } subjects { kind name user { ${person} } } }
      earlierReports(first: 3) { databaseId state actor { ${person} } }
    }
  }
}`;

interface Case {
  readonly reports: {
    readonly totalCount: number;
    readonly nodes: readonly Record<string, unknown>[];
  };
}

/** A report with three statuses by an author of its own, one of them gone, two notes, a log entry and an earlier report. */
async function makeCase(number: number, moderator: TestUser): Promise<TestReport> {
  const [reporter, author, friend] = [
    await world.user({ nickname: `reporter${String(number)}` }),
    await world.user({ nickname: `author${String(number)}` }),
    await world.user({ nickname: `friend${String(number)}` }),
  ];
  const first = await posts.status(friend);
  const statuses = [
    await posts.status(author, { object: { inReplyTo: first.apId } }),
    await posts.status(author, { to: [friend.apId], cc: [] }),
    await posts.status(author),
  ];
  await posts.report(friend, author, []);
  const report = await posts.report(reporter, author, statuses);
  await writeNote(world, moderator, report, 'first');
  await writeNote(world, moderator, report, 'second');
  await world.database.prisma
    .$executeRaw`delete from objects where data->>'id' = ${statuses[2]?.apId ?? ''}`;
  const admin = await world.asAdmin();
  await admin.rest('PATCH', '/api/v1/pleroma/admin/reports', {
    reports: [{ id: report.databaseId, state: 'open' }],
  });
  return report;
}

it('shows a whole case in one request (issue: "The whole case")', async () => {
  const report = await makeCase(1, await world.user({ nickname: 'mod', isModerator: true }));
  const { reports } = await (await world.asAdmin()).data<Case>(wholeCase, { first: 1 });
  expect(reports.totalCount).toBe(2);
  const [node] = reports.nodes;
  expect(node).toMatchObject({
    databaseId: report.databaseId,
    state: 'OPEN',
    content: 'rude',
    createdAt: '2026-01-01T00:00:00.000Z',
    account: { nickname: 'author1', statuses: { totalCount: 2 } },
    actor: { nickname: 'reporter1' },
    notes: [
      { content: 'first', author: { nickname: 'mod' } },
      { content: 'second', author: { nickname: 'mod' } },
    ],
    logEntries: [
      {
        action: 'report_update',
        message: `@admin updated report #${report.databaseId} (on user @reporter1) with 'open' state`,
        actor: { nickname: 'admin' },
        subjects: [
          { kind: 'REPORT', name: null, user: null },
          { kind: 'USER', name: 'reporter1', user: { nickname: 'reporter1' } },
        ],
      },
    ],
    earlierReports: [{ state: 'OPEN', actor: { nickname: 'friend1' } }],
  });
  expect(node?.['statuses']).toMatchObject([
    {
      snapshotContent: 'words',
      wasDeleted: false,
      status: {
        visibility: 'PUBLIC',
        account: { nickname: 'author1' },
        inReplyTo: { account: { nickname: 'friend1' } },
      },
    },
    {
      snapshotContent: 'words',
      wasDeleted: false,
      status: { visibility: 'DIRECT', mentions: [{ nickname: 'friend1' }], inReplyTo: null },
    },
    { snapshotContent: 'words', wasDeleted: false, status: null },
  ]);
});

it('takes the same number of statements whatever the size of the page', async () => {
  const moderator = await world.user({ nickname: 'mod', isModerator: true });
  for (let number = 1; number <= 10; number += 1) await makeCase(number, moderator);
  const admin = await world.asAdmin();
  const statementsFor = async (first: number): Promise<number> => {
    world.statements.length = 0;
    const { reports } = await admin.data<Case>(wholeCase, { first });
    expect(reports.nodes).toHaveLength(first);
    return world.statements.length;
  };
  await statementsFor(2);
  const [few, many] = [await statementsFor(2), await statementsFor(10)];
  expect(many).toBeLessThanOrEqual(few + slack);
  expect(many).toBeLessThanOrEqual(16);
});

it.each([
  '/api/v1/pleroma/admin/reports',
  '/api/v1/pleroma/admin/statuses',
  '/api/v1/pleroma/admin/instances/home.example/statuses',
  '/api/pleroma/admin/reports',
])('takes the same number of statements for any page of %s', async (path) => {
  const moderator = await world.user({ nickname: 'mod', isModerator: true });
  for (let number = 1; number <= 6; number += 1) await makeCase(number, moderator);
  const admin = await world.asAdmin();
  const statementsFor = async (size: number): Promise<number> => {
    world.statements.length = 0;
    expect((await admin.rest('GET', `${path}?page_size=${String(size)}`)).status).toBe(200);
    return world.statements.length;
  };
  await statementsFor(2);
  const [few, many] = [await statementsFor(2), await statementsFor(10)];
  expect(many).toBeLessThanOrEqual(few + slack);
  expect(many).toBeLessThanOrEqual(16);
});
