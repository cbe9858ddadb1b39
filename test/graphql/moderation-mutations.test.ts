import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const problems = 'errors { __typename code path }';

async function makeCase() {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const status = await posts.status(mallory);
  return {
    status,
    report: await posts.report(bob, mallory, [status]),
    admin: await world.asAdmin(),
  };
}

it('sets states with what was expected, by either id', async () => {
  const { report, admin } = await makeCase();
  const document = `mutation ($input: ReportSetStateInput!) { reportSetState(input: $input) { reports { id databaseId state } ${problems} } }`;
  const set = async (change: object) =>
    (
      await admin.data<{ reportSetState: { reports: { id: string }[] | null } }>(document, {
        input: { reports: [change] },
      })
    ).reportSetState;
  const first = await set({
    report: { databaseId: report.databaseId },
    state: 'CLOSED',
    expectedState: 'OPEN',
  });
  expect(first).toMatchObject({
    reports: [{ databaseId: report.databaseId, state: 'CLOSED' }],
    errors: [],
  });
  const lost = await world.expectUnchanged(() =>
    set({ report: { id: first.reports?.[0]?.id }, state: 'RESOLVED', expectedState: 'OPEN' }),
  );
  expect(lost).toEqual({
    reports: null,
    errors: [
      { __typename: 'ConflictError', code: 'CONFLICT', path: ['reports', '0', 'expectedState'] },
    ],
  });
});

it('responds, adds a note and deletes it', async () => {
  const { report, admin } = await makeCase();
  const input = { report: { databaseId: report.databaseId } };
  const answers = await admin.data<
    Record<'reportRespond' | 'reportNoteCreate', { note: { id: string } }>
  >(
    `mutation ($respond: ReportRespondInput!, $note: ReportNoteCreateInput!) {
      reportRespond(input: $respond) { status { content visibility account { nickname } } report { databaseId } ${problems} }
      reportNoteCreate(input: $note) { note { id content author { nickname } } report { notes { content } } ${problems} }
    }`,
    { respond: { ...input, text: 'We see to it' }, note: { ...input, content: 'spoke to bob' } },
  );
  expect(answers).toMatchObject({
    reportRespond: {
      status: { content: 'We see to it', visibility: 'DIRECT', account: { nickname: 'admin' } },
      report: { databaseId: report.databaseId },
      errors: [],
    },
    reportNoteCreate: {
      note: { content: 'spoke to bob', author: { nickname: 'admin' } },
      report: { notes: [{ content: 'spoke to bob' }] },
      errors: [],
    },
  });
  const remove = `mutation ($input: ReportNoteDeleteInput!) { reportNoteDelete(input: $input) { note { content } report { notes { content } } ${problems} } }`;
  const note = { id: answers.reportNoteCreate.note.id };
  expect(await admin.data(remove, { input: { ...input, note } })).toEqual({
    reportNoteDelete: { note: { content: 'spoke to bob' }, report: { notes: [] }, errors: [] },
  });
  expect(await admin.data(remove, { input: { ...input, note } })).toEqual({
    reportNoteDelete: {
      note: null,
      report: null,
      errors: [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['note', 'databaseId'] }],
    },
  });
});

it('changes and deletes a status', async () => {
  const { status, report, admin } = await makeCase();
  const update = `mutation ($input: StatusUpdateInput!) { statusUpdate(input: $input) { status { databaseId visibility isSensitive } ${problems} } }`;
  const remove = `mutation ($input: StatusDeleteInput!) { statusDelete(input: $input) { status { databaseId content } ${problems} } }`;
  const input = { status: { databaseId: status.databaseId } };
  expect(
    await admin.data(update, { input: { ...input, sensitive: true, visibility: 'PRIVATE' } }),
  ).toEqual({
    statusUpdate: {
      status: { databaseId: status.databaseId, visibility: 'PRIVATE', isSensitive: true },
      errors: [],
    },
  });
  expect(await admin.data(remove, { input })).toEqual({
    statusDelete: { status: { databaseId: status.databaseId, content: 'words' }, errors: [] },
  });
  expect(
    await world.expectUnchanged(() =>
      admin.data(remove, { input: { status: { databaseId: report.databaseId } } }),
    ),
  ).toEqual({
    statusDelete: {
      status: null,
      errors: [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['status', 'databaseId'] }],
    },
  });
});

it('follows and unfollows a relay', async () => {
  const url = 'https://relay.example/actor';
  await world.user({ nickname: 'relay@relay.example', apId: url });
  const admin = await world.asAdmin();
  expect(
    await admin.data(
      `mutation { relayFollow(input: { actor: "${url}" }) { relay { actor followedBack account { nickname } } ${problems} } }`,
    ),
  ).toEqual({
    relayFollow: {
      relay: { actor: url, followedBack: false, account: { nickname: 'relay@relay.example' } },
      errors: [],
    },
  });
  const unfollow = `mutation { relayUnfollow(input: { actor: "${url}" }) { relay { actor } ${problems} } }`;
  expect(await admin.data(unfollow)).toEqual({
    relayUnfollow: { relay: { actor: url }, errors: [] },
  });
  expect(await world.expectUnchanged(() => admin.data(unfollow))).toEqual({
    relayUnfollow: {
      relay: null,
      errors: [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['actor'] }],
    },
  });
});
