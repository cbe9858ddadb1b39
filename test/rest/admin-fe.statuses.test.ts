import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answers, report, status } from '../support/admin-fe.js';
import { dashboardPrefixes, useDashboardScene } from '../support/admin-fe-scene.js';
import { everybody, makePosts } from '../support/posts.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);

describe.each(dashboardPrefixes)('AdminFE below %s, in the order it asks', (P) => {
  const scene = useDashboardScene(world);

  it('works through reports and their notes, also of accounts that are gone', async () => {
    const { dashboard, note, complaint } = scene();
    const { reports, total } = await dashboard.read(
      answers.reports,
      'GET',
      `${P}/reports?state=open&page=1&page_size=50`,
    );
    expect([total, reports.length]).toEqual([2, 2]);
    expect(reports[0]).toMatchObject({
      account: {},
      actor: {},
      content: null,
      statuses: [],
      notes: [],
    });
    expect(
      await dashboard.read(report, 'GET', `${P}/reports/${complaint.databaseId}`),
    ).toMatchObject({
      account: { nickname: 'alice' },
      actor: { nickname: 'rob@remote.example' },
      statuses: [{ id: note.databaseId }],
      notes: [{ content: 'looked at it', user: { nickname: 'admin' } }],
    });
    await dashboard.change('POST', `${P}/reports/${complaint.databaseId}/notes`, {
      content: 'a second look',
    });
    const { notes } = await dashboard.read(report, 'GET', `${P}/reports/${complaint.databaseId}`);
    expect(notes.map(({ content }) => content)).toEqual(['looked at it', 'a second look']);
    await dashboard.fails(404, 'DELETE', `${P}/reports/${complaint.databaseId}/notes/undefined`);
    await dashboard.change(
      'DELETE',
      `${P}/reports/${complaint.databaseId}/notes/${String(notes[0]?.id)}`,
    );
    await dashboard.change('PATCH', `${P}/reports`, {
      reports: [{ state: 'resolved', id: complaint.databaseId }],
    });
    expect(
      (
        await dashboard.read(
          answers.reports,
          'GET',
          `${P}/reports?state=resolved&page=1&page_size=50`,
        )
      ).reports,
    ).toMatchObject([
      {
        id: complaint.databaseId,
        notes: [{ content: 'a second look' }],
        statuses: [{ id: note.databaseId }],
      },
    ]);
    expect(
      (await dashboard.read(answers.reports, 'GET', `${P}/reports?page=1&page_size=50`)).total,
    ).toBe(2);
    await dashboard.fails(400, 'PATCH', `${P}/reports`, {
      reports: [{ state: 'weird', id: complaint.databaseId }],
    });
  });

  it('shows statuses by instance, and changes them', async () => {
    const { dashboard, alice, note, theirs } = scene();
    expect(
      await dashboard.read(z.array(z.string()), 'GET', '/api/v1/instance/peers'),
    ).toBeInstanceOf(Array);
    expect(await dashboard.read(answers.stats, 'GET', `${P}/stats`)).toEqual({
      status_visibility: { direct: 0, private: 1, public: 2, unlisted: 0 },
    });
    expect(
      await dashboard.read(answers.stats, 'GET', `${P}/stats?instance=remote.example`),
    ).toMatchObject({ status_visibility: { public: 1 } });
    const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
    expect(
      ids(
        await dashboard.read(
          answers.statuses,
          'GET',
          `${P}/statuses?godmode=false&local_only=true&page=1&page_size=20`,
        ),
      ),
    ).toEqual([note.databaseId]);
    expect(
      await dashboard.read(
        answers.statuses,
        'GET',
        `${P}/statuses?godmode=true&local_only=false&page=1&page_size=20`,
      ),
    ).toHaveLength(3);
    expect(
      ids(
        await dashboard.read(
          answers.statuses,
          'GET',
          `${P}/instances/remote.example/statuses?page=1&page_size=20`,
        ),
      ),
    ).toEqual([theirs.databaseId]);
    const one = await dashboard.read(status, 'GET', `${P}/statuses/${note.databaseId}`);
    expect(one).toMatchObject({
      account: { id: alice.databaseId, nickname: 'alice' },
      spoiler_text: 'careful',
      media_attachments: [{ preview_url: 'https://home.example/a.png' }],
    });
    await dashboard.read(
      answers.userStatuses,
      'GET',
      `${P}/users/${alice.databaseId}/statuses?godmode=false`,
    );
    for (const change of [
      { sensitive: true, visibility: 'public' },
      { sensitive: true, visibility: 'unlisted' },
      { sensitive: false, visibility: 'private' },
    ]) {
      await dashboard.change('PUT', `${P}/statuses/${note.databaseId}`, change);
      expect(await dashboard.read(status, 'GET', `${P}/statuses/${note.databaseId}`)).toMatchObject(
        change,
      );
    }
    await dashboard.change('DELETE', `${P}/statuses/${note.databaseId}`);
    await dashboard.fails(404, 'GET', `${P}/statuses/${note.databaseId}`);
  });

  it.each([
    ['direct', [], {}],
    ['local', [`${baseUrl}/#Public`], {}],
    ['list', [], { listMessage: 'https://home.example/lists/1', directMessage: false }],
  ] as const)(
    'marks a status in the scope %s, sent along, as sensitive',
    async (visibility, to, object) => {
      const { dashboard, alice } = scene();
      const { databaseId, objectId } = await posts.status(alice, { to, cc: [], object });
      await dashboard.change('PUT', `${P}/statuses/${databaseId}`, {
        sensitive: true,
        visibility,
      });
      expect(await world.rows('objects', `id = ${String(objectId)}`)).toMatchObject([
        { data: { sensitive: true, to, cc: [] } },
      ]);
      await dashboard.change('PUT', `${P}/statuses/${databaseId}`, { sensitive: false });
      expect(await world.rows('objects', `id = ${String(objectId)}`)).toMatchObject([
        { data: { sensitive: false, to, cc: [] } },
      ]);
      const open = await posts.status(alice, { to: [everybody] });
      if (visibility !== 'direct')
        await world.expectUnchanged(() =>
          dashboard.fails(400, 'PUT', `${P}/statuses/${open.databaseId}`, {
            sensitive: true,
            visibility,
          }),
        );
    },
  );
});
