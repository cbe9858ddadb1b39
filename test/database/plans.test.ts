import { expect, it } from 'vitest';
import { engineName } from '../support/engine.js';
import { makeCrowd } from '../support/crowd.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';
const legacy = '/api/pleroma/admin';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}

function* scannedTables(plan: Plan): Generator<string> {
  if (plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] !== undefined)
    yield plan['Relation Name'];
  for (const inner of plan.Plans ?? []) yield* scannedTables(inner);
}

/** Of the statements since then, those whose plan reads activities or objects from one end to the other. */
async function sequentialScans(): Promise<string[]> {
  const queries = world.queries.filter(
    ({ text }) => /\b(activities|objects)\b/.test(text) && /^\s*(select|with)/i.test(text),
  );
  const plans = await Promise.all(
    queries.map(({ text, values }) =>
      world.database.pool.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
        `explain (format json) ${text}`,
        values,
      ),
    ),
  );
  return queries
    .filter((_, index) => {
      const plan = plans[index]?.rows[0]?.['QUERY PLAN'][0]?.Plan;
      return (
        !plan ||
        [...scannedTables(plan)].some((table) => table === 'activities' || table === 'objects')
      );
    })
    .map(({ text }) => text);
}

const wholeCase = `{ reports(first: 20, filter: { state: OPEN }) { totalCount nodes {
  account { nickname statuses(first: 3) { totalCount nodes { databaseId } } reportsAbout(first: 5) { databaseId } } actor { nickname }
  statuses { status { content account { nickname } inReplyTo { databaseId } } } notes { content } earlierReports(first: 5) { databaseId } } } }`;

it('reads neither activities nor objects from one end to the other, however many there are', async () => {
  const { reports } = await makeCrowd(world, engineName === 'postgres' ? 200_000 : 2_000);
  world.queries.length = 0;
  const admin = await world.asAdmin();
  const requests = [
    `${v1}/reports`,
    `${v1}/reports?state=open&page=3&page_size=20`,
    `${legacy}/reports?limit=20`,
    `${v1}/statuses`,
    `${v1}/statuses?godmode=true&with_reblogs=true&page=4&page_size=20`,
    `${v1}/statuses?local_only=true`,
    `${v1}/users/crowd1/statuses`,
    `${v1}/users/crowd1/statuses?godmode=true&with_reblogs=true&page=2&page_size=10`,
    `${legacy}/users/crowd1/statuses`,
    `${v1}/instances/remote4.example/statuses`,
    `${legacy}/instances/remote4.example/statuses?with_reblogs=true`,
    `${v1}/relay`,
  ];
  const scanned: Record<string, string[]> = {};
  world.queries.length = 0;
  if (engineName === 'postgres') {
    await world.source.database.pool.query(
      `select id from activities where data->>'content' = $1`,
      ['a control: no index can help'],
    );
    expect(await sequentialScans()).toHaveLength(1);
  }
  const { body: list } = await admin.rest('GET', `${v1}/statuses?page_size=1`);
  world.queries.length = 0;
  requests.push(`${v1}/statuses/${(list as { id: string }[])[0]?.id ?? ''}`);
  for (const path of requests) {
    expect((await admin.rest('GET', path)).status, path).toBe(200);
    if (engineName === 'postgres') scanned[path] = await sequentialScans();
    world.queries.length = 0;
  }
  const documents = [
    wholeCase,
    '{ statuses(last: 10) { nodes { databaseId } } }',
    '{ statuses(filter: { host: "remote4.example", includePrivate: true }) { totalCount nodes { databaseId mentions { nickname } } } }',
    '{ reports(last: 5, filter: { account: { nickname: "crowd1" } }) { totalCount nodes { databaseId } } }',
  ];
  for (const document of documents) {
    await admin.data(document);
    if (engineName === 'postgres') scanned[document] = await sequentialScans();
    world.queries.length = 0;
  }
  expect(
    Object.entries(scanned).flatMap(([asked, statements]) =>
      statements.map((statement) => [asked, statement]),
    ),
  ).toEqual([]);
  const { body } = await admin.rest('GET', `${v1}/reports?page_size=1`);
  expect(body).toMatchObject({
    total: reports,
    reports: [{ statuses: [{ visibility: 'public' }, { visibility: 'public' }] }],
  });
});
