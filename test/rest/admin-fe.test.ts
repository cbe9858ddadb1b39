import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAttempts } from '../../src/auth/attempts.js';
import { hashPassword } from '../../src/auth/password.js';
import { configRules } from '../../src/instance/config-rules.js';
import {
  adminUser,
  answers,
  openDashboard,
  report,
  status,
  type Dashboard,
} from '../support/admin-fe.js';
import { storeSetting } from '../support/config.js';
import { writeNote } from '../support/cases.js';
import { useListening, type Ask } from '../support/listening.js';
import { everybody, makePosts, type TestReport, type TestStatus } from '../support/posts.js';
import { baseUrl, useWorld } from '../support/world.js';
import type { TestUser } from '../support/maker.js';

const world = useWorld();
const posts = makePosts(world);
const start = useListening(world);
const password = 'a password of the admin';
let passwordHash: Promise<string> | undefined;

/**
 * AdminFE since December 2022 knows only today's prefix; the builds before it want the same answers
 * below the old one
 * (docs/instance/admin-fe.md#where-the-documents-and-adminfe-contradict-each-other).
 */
describe.each(['/api/v1/pleroma/admin', '/api/pleroma/admin'])(
  'AdminFE below %s, in the order it asks',
  (P) => {
    let ask: Ask;
    let dashboard: Dashboard;
    let alice: TestUser;
    let rob: TestUser;
    let note: TestStatus;
    let theirs: TestStatus;
    let complaint: TestReport;

    beforeEach(async () => {
      ask = await start({
        source: { config: configRules() },
        legacyDialect: 'akkoma',
        corsOrigins: ['https://dashboard.example'],
        attempts: createAttempts(1_000),
      });
      dashboard = openDashboard(ask, await world.token(world.admin));
      alice = await world.user({ nickname: 'alice', email: 'alice@mail.example' });
      rob = await world.user({ nickname: 'rob@remote.example' });
      note = await posts.status(alice, {
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
      theirs = await posts.status(rob);
      complaint = await posts.report(rob, alice, [note]);
      await writeNote(world, world.admin, complaint, 'looked at it');
      await posts.report(
        { ...rob, apId: 'https://gone.example/users/gone' },
        { ...alice, apId: 'https://home.example/users/deleted' },
        [],
        { content: null },
      );
    });

    it('logs in with an app registered on the spot', async () => {
      passwordHash ??= hashPassword(password, world.family);
      await world.database.pool.query('update users set password_hash = $1', [await passwordHash]);
      const visitor = openDashboard(ask);
      const client = await visitor.read(answers.app, 'POST', '/api/v1/apps', {
        client_name: 'AdminFE_1',
        redirect_uris: 'https://dashboard.example/oauth-callback',
        scopes: 'read write follow push admin',
      });
      const grant = {
        client_id: client.client_id,
        client_secret: client.client_secret,
        grant_type: 'password',
        username: 'admin',
      };
      expect(
        await visitor.fails(400, 'POST', '/oauth/token', { ...grant, password: 'wrong' }),
      ).toEqual({ error: 'Invalid credentials' });
      const { access_token: token } = await visitor.read(answers.token, 'POST', '/oauth/token', {
        ...grant,
        password,
      });
      const own = openDashboard(ask, token);
      const { id } = await own.read(
        answers.ownAccount,
        'GET',
        '/api/v1/accounts/verify_credentials',
      );
      expect(id).toBe(world.admin.databaseId);
      await own.read(answers.reports, 'GET', `${P}/reports?state=open&page=1&page_size=50`);
      await visitor.read(answers.nodeinfo, 'GET', '/nodeinfo/2.0.json');
      await own.read(answers.needReboot, 'GET', `${P}/need_reboot`);
      const { users } = await own.read(
        answers.users,
        'GET',
        `${P}/users?page=1&filters=local,active`,
      );
      expect(users.map((user) => user.id)).toContain(id);
    });

    it('lists, searches and filters users with what it writes into the address unescaped', async () => {
      await world.user({ nickname: 'bot', actorType: 'Service' });
      await world.user({ nickname: 'late', isApproved: false, registrationReason: 'please' });
      await world.user({ nickname: 'unsure', isConfirmed: false });
      const names = async (query: string) =>
        (await dashboard.read(answers.users, 'GET', `${P}/users?${query}`)).users.map(
          ({ nickname }) => nickname,
        );
      expect(await names('page=1&filters=')).toEqual([
        'unsure',
        'late',
        'bot',
        'rob@remote.example',
        'alice',
        'admin',
      ]);
      expect(await names('page=1&filters=local,active')).toEqual(['bot', 'alice', 'admin']);
      expect(
        await names('page=1&filters=local&actor_types[]=Service&actor_types[]=Application'),
      ).toEqual(['bot']);
      expect(await names('page=1&filters=need_approval')).toEqual(['late']);
      expect(await names('page=1&filters=unconfirmed')).toEqual(['unsure']);
      expect(await names('query=rob@remote.example&page=1&filters=external')).toEqual([
        'rob@remote.example',
      ]);
      expect(await names('query=two words&page=1&filters=local,active')).toEqual([]);
      expect(await names('filters=is_admin')).toEqual(['admin']);
      expect(await names('page=7&filters=')).toEqual([]);
    });

    it('shows one user, by id and by nickname', async () => {
      for (const name of [alice.databaseId, 'alice', rob.databaseId])
        await dashboard.read(adminUser, 'GET', `${P}/users/${name}`);
      expect(
        (
          await dashboard.read(
            answers.userStatuses,
            'GET',
            `${P}/users/${alice.databaseId}/statuses?godmode=false`,
          )
        ).activities,
      ).toHaveLength(1);
      expect(
        (
          await dashboard.read(
            answers.userStatuses,
            'GET',
            `${P}/users/${alice.databaseId}/statuses?godmode=true`,
          )
        ).activities,
      ).toHaveLength(2);
      expect(
        await dashboard.read(z.array(z.unknown()), 'GET', `${P}/users/${alice.databaseId}/chats`),
      ).toEqual([]);
      expect(
        await dashboard.read(answers.credentials, 'GET', `${P}/users/alice/credentials`),
      ).toMatchObject({ actor_type: 'Person', email: 'alice@mail.example' });
      expect(
        await dashboard.read(
          answers.credentials,
          'GET',
          `${P}/users/rob@remote.example/credentials`,
        ),
      ).toMatchObject({ email: null });
      await dashboard.fails(404, 'GET', `${P}/users/nobody`);
      await dashboard.read(answers.resetLink, 'GET', `${P}/users/alice/password_reset`);
      await dashboard.change('PATCH', `${P}/users/alice/credentials`, {
        email: 'new@mail.example',
      });
      await dashboard.change('PATCH', `${P}/users/alice/credentials`, {
        password: 'a new password',
      });
      await dashboard.change('PATCH', `${P}/users/alice/credentials`, { actor_type: 'Service' });
      expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([
        { email: 'new@mail.example', actor_type: 'Service' },
      ]);
    });

    it('moderates users one by one and many at once, and reads what it wrote at once', async () => {
      const user = () => dashboard.read(adminUser, 'GET', `${P}/users/${alice.databaseId}`);
      await dashboard.read(answers.config, 'GET', `${P}/config`);
      await dashboard.change('POST', `${P}/users`, {
        users: [{ nickname: 'newbie', email: 'newbie@mail.example', password: 'a password' }],
      });
      expect(
        await dashboard.fails(409, 'POST', `${P}/users`, {
          users: [{ nickname: 'newbie', email: 'x@mail.example', password: 'a password' }],
        }),
      ).toMatchObject([{ error: 'nickname has already been taken' }]);
      await dashboard.change('POST', `${P}/users/permission_group/moderator`, {
        nicknames: ['alice', 'newbie'],
      });
      expect(await user()).toMatchObject({ roles: { admin: false, moderator: true } });
      await dashboard.change('DELETE', `${P}/users/permission_group/moderator`, {
        nicknames: ['alice', 'newbie'],
      });
      await dashboard.fails(403, 'DELETE', `${P}/users/permission_group/admin`, {
        nicknames: ['admin'],
      });
      await dashboard.read(answers.changedUsers, 'PATCH', `${P}/users/deactivate`, {
        nicknames: ['alice', 'rob@remote.example'],
      });
      expect(await user()).toMatchObject({
        is_active: false,
        roles: { admin: false, moderator: false },
      });
      await dashboard.read(answers.changedUsers, 'PATCH', `${P}/users/activate`, {
        nicknames: ['alice', 'rob@remote.example'],
      });
      const tags = [
        'media-force-nsfw',
        'media-strip',
        'force-unlisted',
        'sandbox',
        'disable-remote-subscription',
        'disable-any-subscription',
      ].map((tag) => `mrf_tag:${tag}`);
      for (const tag of tags)
        await dashboard.change('PUT', `${P}/users/tag`, {
          nicknames: ['alice', 'rob@remote.example'],
          tags: [tag],
        });
      await dashboard.change('DELETE', `${P}/users/tag`, { nicknames: ['alice'], tags: [tags[0]] });
      expect(await user()).toMatchObject({ is_active: true, tags: tags.slice(1) });
      await world.database.pool.query(
        `update users set is_approved = false, is_confirmed = false, confirmation_token = 'x' where nickname = 'newbie'`,
      );
      await dashboard.change('PATCH', `${P}/users/resend_confirmation_email`, {
        nicknames: ['newbie'],
      });
      await dashboard.read(answers.changedUsers, 'PATCH', `${P}/users/approve`, {
        nicknames: ['newbie'],
      });
      await dashboard.change('PATCH', `${P}/users/confirm_email`, { nicknames: ['newbie'] });
      await dashboard.change('PATCH', `${P}/users/force_password_reset`, { nicknames: ['newbie'] });
      await dashboard.change('PUT', `${P}/users/disable_mfa`, { nickname: 'newbie' });
      expect(await world.rows('users', `nickname = 'newbie'`)).toMatchObject([
        { is_approved: true, is_confirmed: true },
      ]);
      expect(
        await dashboard.read(z.array(z.string()), 'DELETE', `${P}/users`, {
          nicknames: ['newbie'],
        }),
      ).toEqual(['newbie']);
    });

    it('works through reports and their notes, also of accounts that are gone', async () => {
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
        expect(
          await dashboard.read(status, 'GET', `${P}/statuses/${note.databaseId}`),
        ).toMatchObject(change);
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

    it('invites, follows relays, and shows what was done', async () => {
      expect(await dashboard.read(answers.invites, 'GET', `${P}/users/invites`)).toEqual({
        invites: [],
      });
      const { token } = await dashboard.read(answers.invite, 'POST', `${P}/users/invite_token`, {
        max_use: 3,
        expires_at: '2130-01-02',
      });
      await dashboard.read(answers.invite, 'POST', `${P}/users/invite_token`, {});
      await dashboard.change('POST', `${P}/users/revoke_invite`, { token });
      expect(
        (await dashboard.read(answers.invites, 'GET', `${P}/users/invites`)).invites.map(
          ({ used }) => used,
        ),
      ).toEqual([true, false]);
      await dashboard.fails(400, 'POST', `${P}/users/email_invite`, {
        email: 'guest@mail.example',
        name: 'Guest',
      });
      await world.user({
        nickname: 'relay@relay.example',
        apId: 'https://relay.example/actor',
        actorType: 'Application',
      });
      await world.user({
        nickname: 'relay',
        apId: `${baseUrl}/relay`,
        followerAddress: `${baseUrl}/relay/followers`,
        invisible: true,
      });
      expect(await dashboard.read(answers.relays, 'GET', `${P}/relay`)).toEqual({ relays: [] });
      await dashboard.change('POST', `${P}/relay`, { relay_url: 'https://relay.example/actor' });
      expect(await dashboard.read(answers.relays, 'GET', `${P}/relay`)).toEqual({
        relays: [{ actor: 'https://relay.example/actor', followed_back: false }],
      });
      await dashboard.change('DELETE', `${P}/relay`, { relay_url: 'https://relay.example/actor' });
      const { items, total } = await dashboard.read(
        answers.log,
        'GET',
        `${P}/moderation_log?page=1`,
      );
      expect([total, items.map(({ data }) => data['action']).sort()]).toEqual([
        2,
        ['relay_follow', 'relay_unfollow'],
      ]);
      const [start_date, end_date] = [
        new Date(Date.now() - 3_600_000).toISOString(),
        new Date(Date.now() + 3_600_000).toISOString(),
      ];
      const filter = new URLSearchParams({
        start_date,
        end_date,
        user_id: world.admin.databaseId,
        search: 'unfollowed',
        page: '1',
      });
      expect(
        (await dashboard.read(answers.log, 'GET', `${P}/moderation_log?${String(filter)}`)).items,
      ).toHaveLength(1);
      await dashboard.read(answers.users, 'GET', `${P}/users?filters=is_moderator`);
    });

    it('shows and changes settings, only those it can read', async () => {
      const post = (...configs: object[]) =>
        dashboard.read(answers.config, 'POST', `${P}/config`, { configs });
      const policies = [{ tuple: [':policies', ['Pleroma.Web.ActivityPub.MRF.TagPolicy']] }];
      // The policies of the instance are not known here: its defaults would be replaced.
      await world.expectUnchanged(() =>
        dashboard.fails(409, 'POST', `${P}/config`, {
          configs: [{ group: ':pleroma', key: ':mrf', value: policies }],
        }),
      );
      await storeSetting(world, ':pleroma', ':mrf', '[policies: []]');
      await post({ group: ':pleroma', key: ':mrf', value: policies });
      await post({
        group: ':pleroma',
        key: ':media_proxy',
        value: [
          { tuple: [':enabled', true] },
          { tuple: [':invalidation', [{ tuple: [':enabled', true] }]] },
        ],
      });
      await post({
        group: ':pleroma',
        key: ':rate_limit',
        value: [
          { tuple: [':search', [{ tuple: [1000, 10] }, { tuple: [1000, 30] }]] },
          { tuple: [':timeline', { tuple: [500, 3] }] },
        ],
      });
      await post(
        { group: ':pleroma', key: ':a_map', value: { ':a': 1 } },
        { group: ':pleroma', key: ':pairs_of_maps', value: [{ a: 1 }] },
        { group: ':mime', key: ':types', value: { 'text/x': ['x'] } },
      );
      await post(
        {
          group: ':pleroma',
          key: ':instance',
          value: [{ tuple: [':limit', null] }, { tuple: [':name', 'Ours'] }],
        },
        { group: ':pleroma', key: ':instance', subkeys: [':name'], delete: true },
      );
      await post({ group: ':pleroma', key: ':never_there', delete: true });
      const { configs } = await dashboard.read(answers.config, 'GET', `${P}/config`);
      expect(configs.map(({ key }) => key).sort()).toEqual([
        ':instance',
        ':media_proxy',
        ':mrf',
        ':rate_limit',
        ':types',
      ]);
      expect(configs.find(({ key }) => key === ':mrf')).toEqual({
        group: ':pleroma',
        key: ':mrf',
        value: policies,
        db: [':policies'],
      });
      const script = await ask('GET', `${P}/config`, undefined, {
        authorization: `Bearer ${await world.token(world.admin)}`,
      });
      expect((script.body as { configs: unknown[] }).configs).toHaveLength(7);
      await dashboard.read(z.array(z.unknown()), 'GET', `${P}/config/descriptions`);
      expect(await dashboard.read(answers.needReboot, 'GET', `${P}/need_reboot`)).toEqual({
        need_reboot: true,
      });
    });

    it('says what only the instance can do', async () => {
      await dashboard.read(answers.caches, 'GET', `${P}/media_proxy_caches?page=1&page_size=50`);
      await dashboard.read(z.array(z.unknown()), 'GET', `${P}/frontends`);
      await dashboard.read(answers.packs, 'GET', '/api/v1/pleroma/emoji/packs?page=1&page_size=50');
      await dashboard.fails(501, 'GET', `${P}/restart`);
      await dashboard.fails(501, 'POST', `${P}/reload_emoji`);
      await dashboard.fails(501, 'POST', '/api/v1/pleroma/emoji/pack?name=two words');
      await dashboard.fails(501, 'POST', `${P}/media_proxy_caches/purge`, {
        urls: ['https://far.example/a.png'],
        ban: true,
      });
      const form = new FormData();
      form.append('file', new Blob(['<p>Ours</p>'], { type: 'text/html' }), 'blob');
      await dashboard.fails(501, 'PATCH', `${P}/instance_document/instance-panel`, form);
    });
  },
);

it("below the old prefix the documents still rule by default, and what only they know stays with today's answers (LEGACY_DIALECT)", async () => {
  await world.user({ nickname: 'alice' });
  const headers = { authorization: `Bearer ${await world.token(world.admin)}` };
  const [documents, akkoma] = [await start(), await start({ legacyDialect: 'akkoma' })];
  const log = '/api/pleroma/admin/moderation_log';
  expect((await documents('GET', log, undefined, headers)).body).toEqual([]);
  expect((await akkoma('GET', log, undefined, headers)).body).toEqual({ items: [], total: 0 });
  for (const [ask, prefix, isThere] of [
    [documents, '/api/pleroma/admin', true],
    [akkoma, '/api/pleroma/admin', true],
    [documents, '/api/v1/pleroma/admin', false],
    [akkoma, '/api/v1/pleroma/admin', false],
  ] as const) {
    const { body } = await ask(
      'PATCH',
      `${prefix}/users/deactivate`,
      { nicknames: ['alice'] },
      headers,
    );
    expect([
      prefix,
      (body as { users: { deactivated?: boolean }[] }).users[0]?.deactivated,
    ]).toEqual([prefix, isThere ? true : undefined]);
  }
  expect((await documents('GET', '/api/pleroma/admin/users/nobody', undefined, headers)).body).toBe(
    'Not found',
  );
  expect((await akkoma('GET', '/api/pleroma/admin/users/nobody', undefined, headers)).body).toEqual(
    { error: 'Not found' },
  );
  expect(
    await akkoma(
      'PUT',
      '/api/pleroma/admin/users/alice/activation_status',
      { status: false },
      headers,
    ),
  ).toMatchObject({ status: 204 });
  expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([{ is_active: false }]);
  expect(
    await akkoma(
      'PUT',
      '/api/v1/pleroma/admin/users/alice/activation_status',
      { status: true },
      headers,
    ),
  ).toMatchObject({ status: 404 });
});
