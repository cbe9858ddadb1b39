import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const prefix = '/api/v1/pleroma/admin/reports';

async function makeReport() {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  return { bob, mallory, report: await posts.report(bob, mallory) };
}

it('adds a note of the caller and logs it', async () => {
  const { report, bob } = await makeReport();
  const mod = await world.user({ nickname: 'mod', isModerator: true });
  const { status, body } = await world
    .as(await world.token(mod))
    .rest('POST', `${prefix}/${report.databaseId}/notes`, { content: 'a note' });
  expect([status, body]).toEqual([204, undefined]);
  expect(await world.rows('report_notes')).toMatchObject([
    { content: 'a note', user_id: mod.id, activity_id: report.id },
  ]);
  expect((await world.rows('moderation_log')).map(({ data }) => data)).toEqual([
    {
      actor: { id: mod.databaseId, nickname: 'mod', type: 'user' },
      action: 'report_note',
      subject: { type: 'report', id: report.databaseId, state: 'open' },
      subject_actor: { id: bob.databaseId, nickname: 'bob', type: 'user' },
      text: 'a note',
      message: `@mod added note 'a note' to report #${report.databaseId} on user @bob`,
    },
  ]);
});

it('refuses empty notes, what is no report, and on Akkoma more than 255 characters', async () => {
  const { report, mallory } = await makeReport();
  const status = await posts.status(mallory);
  const admin = await world.asAdmin();
  const post = async (id: string, body: unknown) => {
    const answer = await admin.rest('POST', `${prefix}/${id}/notes`, body);
    return [answer.status, answer.body];
  };
  await world.expectUnchanged(async () => {
    expect(await post(report.databaseId, { content: '' })).toEqual([400, '']);
    expect(await post(report.databaseId, { content: ' \n' })).toEqual([400, '']);
    expect(await post(status.databaseId, { content: 'x' })).toEqual([400, '']);
    expect(await post('test', { content: 'x' })).toEqual([400, '']);
    expect(await post(report.databaseId, {})).toEqual([
      400,
      { errors: { detail: 'Internal server error' } },
    ]);
    if (world.family === 'akkoma')
      expect(await post(report.databaseId, { content: 'x'.repeat(256) })).toEqual([
        400,
        { error: 'content must have at most 255 characters.' },
      ]);
    const secret = await world
      .as(undefined)
      .rest(
        'POST',
        `${prefix}/${report.databaseId}/notes`,
        { content: 'x' },
        { 'x-admin-token': adminSecret },
      );
    expect(secret.status).toBe(403);
  });
  expect((await post(report.databaseId, { content: '😀'.repeat(255) }))[0]).toBe(204);
  if (world.family === 'pleroma')
    expect((await post(report.databaseId, { content: 'x'.repeat(256) }))[0]).toBe(204);
});

it('deletes a note of the report it is on, and no other', async () => {
  const { report, bob, mallory } = await makeReport();
  const other = await posts.report(bob, mallory);
  const admin = await world.asAdmin();
  await admin.rest('POST', `${prefix}/${report.databaseId}/notes`, { content: 'a note' });
  await admin.rest('POST', `${prefix}/${report.databaseId}/notes`, { content: 'another' });
  const [note] = await world.rows('report_notes');
  const remove = (id: string, noteId: unknown) =>
    admin.rest('DELETE', `${prefix}/${id}/notes/${String(noteId)}`);
  await world.expectUnchanged(async () => {
    for (const [id, noteId] of [
      [other.databaseId, note?.['id']],
      [report.databaseId, 999],
      [report.databaseId, 'x'],
      ['test', note?.['id']],
      [report.databaseId, '9'.repeat(40)],
    ] as const) {
      expect(await remove(id, noteId)).toMatchObject({ status: 404, body: { error: 'Not found' } });
    }
  });
  expect((await remove(report.databaseId, note?.['id'])).status).toBe(204);
  expect(await world.rows('report_notes')).toMatchObject([{ content: 'another' }]);
  expect((await world.rows('moderation_log')).at(-1)?.['data']).toMatchObject({
    action: 'report_note_delete',
    text: 'a note',
    message: `@admin deleted note 'a note' from report #${report.databaseId} on user @bob`,
  });
});
