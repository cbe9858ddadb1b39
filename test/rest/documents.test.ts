import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeLogRow } from '../support/cases.js';
import { makePosts, type TestReport, type TestStatus } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const legacy = '/api/pleroma/admin';

/** The document's own text, with what its JSON leaves out as empty objects and without its remarks. */
const samples = [
  ...readFileSync(
    new URL('../fixtures/documented-moderation.md', import.meta.url),
    'utf8',
  ).matchAll(/```json\n([\s\S]*?)```/g),
].map(
  ([, text = '']) =>
    JSON.parse(text.replaceAll('{ ... }', '{}').replace(/ \/\/ .*$/gm, '')) as unknown,
);
const [reportSample, responseSample, logSample] = samples;

/** Where `actual` lacks a key of the sample or holds another type; null in the sample says nothing about the type. */
function* differences(sample: unknown, actual: unknown, path = ''): Generator<string> {
  if (Array.isArray(sample)) {
    if (!Array.isArray(actual)) yield `${path}: no list`;
    else if (sample.length > 0 && actual.length === 0) yield `${path}: empty`;
    else
      for (const [index, item] of actual.entries())
        yield* differences(sample[0], item, `${path}[${String(index)}]`);
  } else if (typeof sample === 'object' && sample !== null) {
    if (typeof actual !== 'object' || actual === null) yield `${path}: no object`;
    else
      for (const [key, value] of Object.entries(sample))
        yield* key in actual
          ? differences(value, (actual as Record<string, unknown>)[key], `${path}.${key}`)
          : [`${path}.${key}: missing`];
  } else if (sample !== undefined && sample !== null && typeof sample !== typeof actual)
    yield `${path}: ${typeof actual}`;
}

/** The report of the document: lain reports user for a direct message. */
async function makeReport(): Promise<{ status: TestStatus; report: TestReport }> {
  const [lain, user] = [
    await world.user({ nickname: 'lain', tags: ['force_unlisted'] }),
    await world.user({ nickname: 'user', tags: ['force_unlisted'] }),
  ];
  const mention = `<span class="h-card"><a data-user="${lain.databaseId}" class="u-url mention" href="${lain.apId}">@<span>lain</span></a></span>`;
  const content = `${mention} click on my link <a href="https://www.google.com/">https://www.google.com/</a>`;
  const status = await posts.status(user, { to: [lain.apId], cc: [], object: { content } });
  return {
    status,
    report: await posts.report(lain, user, [status], { content: 'Please delete it' }),
  };
}

it('lists reports as the document shows them, key by key', async () => {
  const { report } = await makeReport();
  const { status, body } = await (await world.asAdmin()).rest('GET', `${legacy}/reports`);
  expect([status, ...differences(reportSample, body)]).toEqual([200]);
  expect(body).toMatchObject({
    reports: [
      {
        id: report.databaseId,
        content: 'Please delete it',
        state: 'open',
        account: {
          acct: 'user',
          tags: ['force_unlisted'],
          deactivated: false,
          pleroma: { confirmation_pending: false },
        },
        actor: { acct: 'lain' },
        statuses: [
          {
            application: { name: 'Web', website: null },
            visibility: 'direct',
            mentions: [{ acct: 'lain' }, { acct: 'user' }],
            pleroma: {
              content: { 'text/plain': '@lain click on my link https://www.google.com/' },
            },
          },
        ],
      },
    ],
  });
});

it('shows one report, before and after its state is set, as the list does', async () => {
  const { report } = await makeReport();
  const admin = await world.asAdmin();
  const [sample] = (reportSample as { reports: unknown[] }).reports;
  const shown = await admin.rest('GET', `${legacy}/reports/${report.databaseId}`);
  expect([shown.status, ...differences(sample, shown.body)]).toEqual([200]);
  const changed = await admin.rest('PUT', `${legacy}/reports/${report.databaseId}`, {
    state: 'resolved',
  });
  expect([changed.status, ...differences(sample, changed.body)]).toEqual([200]);
  expect(changed.body).toMatchObject({ state: 'resolved' });
});

it('answers a response, a changed status and the statuses of an account as Mastodon statuses', async () => {
  const { report, status } = await makeReport();
  const admin = await world.asAdmin();
  const response = await admin.rest('POST', `${legacy}/reports/${report.databaseId}/respond`, {
    status: 'Your claim is going to be closed',
  });
  expect([response.status, ...differences(responseSample, response.body)]).toEqual([200]);
  expect(response.body).toMatchObject({
    content: 'Your claim is going to be closed',
    visibility: 'direct',
    mentions: [{ acct: 'lain' }, { acct: 'admin' }],
  });
  const changed = await admin.rest('PUT', `${legacy}/statuses/${status.databaseId}`, {
    sensitive: true,
  });
  expect([changed.status, ...differences(responseSample, changed.body)]).toEqual([200]);
  const listed = await admin.rest('GET', `${legacy}/users/user/statuses?godmode=true`);
  expect([listed.status, ...differences([responseSample], listed.body)]).toEqual([200]);
  expect(listed.body).toMatchObject([{ id: status.databaseId, sensitive: true }]);
});

it('shows the log as a bare list, each sentence behind its time', async () => {
  const actor = { id: world.admin.databaseId, nickname: 'nick0' };
  await writeLogRow(
    world,
    { actor, action: 'relay_follow', target: 'https://example.org/relay' },
    new Date('2017-08-15T15:47:06Z'),
  );
  const { status, body } = await (await world.asAdmin()).rest('GET', `${legacy}/moderation_log`);
  // The document's actor has the id 1: it is older than the ids users have had since.
  expect([status, ...differences(logSample, body)]).toEqual([200, '[0].data.actor.id: string']);
  expect(body).toMatchObject([
    {
      time: 1502812026,
      message: '[2017-08-15 15:47:06] @nick0 followed relay: https://example.org/relay',
    },
  ]);
});

it('reads all three samples of the document', () => {
  expect(samples).toHaveLength(3);
});
