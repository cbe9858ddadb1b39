import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { configRules } from '../../src/instance/config-rules.js';
import { MailError, type OutgoingMail } from '../../src/mail/mailer.js';
import { giveModerators } from '../support/privileges.js';
import { mutationDocument } from '../support/scene-requests.js';
import { askWith, useKeepingApps, type Ask } from '../support/keyed.js';
import type { RestAnswer } from '../support/client.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const keeping = useKeepingApps(world);
const headers = { 'idempotency-key': '5b8f4c0b-9d6c-4f4e-8a0e-6b0b7c3d2f1a' };
const v1 = '/api/v1/pleroma/admin';
const legacy = '/api/pleroma/admin';
const kept = async (): Promise<number> => (await world.rows('steward.idempotency_keys')).length;
const isReplayed = (answer: RestAnswer): boolean =>
  answer.headers.get('idempotent-replayed') === 'true';
let ask: Ask;
const as = async (
  user: Parameters<typeof world.token>[0],
  otherwise: Parameters<typeof keeping>[0] = {},
): Promise<Ask> =>
  askWith(keeping(otherwise), { authorization: `Bearer ${await world.token(user)}` });
const graphql = (asker: Ask, query: string, variables: object = {}): Promise<RestAnswer> =>
  asker('POST', '/graphql', { query, variables }, headers);
const mutate = (asker: Ask, name: string, input: object): Promise<RestAnswer> =>
  graphql(asker, mutationDocument(name), { input });

/** Makes every insert into a table fail as a fault nobody expects. */
async function breakTable(table: string): Promise<() => Promise<void>> {
  await world.database.pool.query(
    `create or replace function broken() returns trigger language plpgsql as $$ begin raise exception 'broken' using errcode = 'XX000'; end $$; create trigger broken before insert on ${table} for each row execute function broken()`,
  );
  return async () =>
    void (await world.database.pool.query(
      `drop trigger broken on ${table}; drop function broken()`,
    ));
}

beforeEach(async () => {
  ask = await as(world.admin);
  await world.user({ nickname: 'alice' });
});

describe('S18 refusals that say: not now, or not you', () => {
  const ways: [string, (asker: Ask, nicknames: string[]) => Promise<RestAnswer>][] = [
    [
      'GraphQL',
      (asker, nicknames) =>
        mutate(asker, 'usersDeactivate', { users: nicknames.map((nickname) => ({ nickname })) }),
    ],
    [
      'the legacy path',
      (asker, nicknames) => asker('PATCH', `${legacy}/users/deactivate`, { nicknames }, headers),
    ],
    [
      'the v1 path',
      (asker, nicknames) => asker('PATCH', `${v1}/users/deactivate`, { nicknames }, headers),
    ],
  ];
  const isDeactivated = async (): Promise<boolean> =>
    (await world.rows('users', `nickname = 'alice' and not is_active`)).length === 1;

  it.each(ways)(
    '%s: 403 is not kept: with the role the same request is done',
    async (_way, send) => {
      await giveModerators(world, 'users_manage_activation_state');
      const moderator = await world.user({ nickname: 'mod', isModerator: true });
      await world.database.pool.query(`update users set is_admin = true where nickname = 'alice'`);
      const asker = await as(moderator);
      const refused = await world.expectUnchanged(() => send(asker, ['alice']));
      expect(JSON.stringify(refused.body)).toMatch(/FORBIDDEN|"error"/);
      expect([await kept(), refused.headers.get('idempotency-key')]).toEqual([0, null]);
      await world.database.pool.query(`update users set is_admin = false where nickname = 'alice'`);
      expect(await send(asker, ['alice'])).toMatchObject({ status: 200 });
      expect([await isDeactivated(), await kept()]).toEqual([true, 1]);
      expect(await world.rows('moderation_log')).toHaveLength(1);
    },
  );

  it.each(ways)('%s: a caller without any role leaves nothing', async (_way, send) => {
    const asker = await as(await world.user({ nickname: 'nobody' }));
    await world.expectUnchanged(() => send(asker, ['alice']));
    expect(await kept()).toBe(0);
  });

  it.each(ways)(
    '%s: a fault takes everything back and is not kept: once it is mended the same request is done',
    async (_way, send) => {
      const mend = await breakTable('moderation_log');
      const failed = await world.expectUnchanged(() => send(ask, ['alice']));
      await mend();
      expect(JSON.stringify([failed.status, failed.body])).toMatch(/INTERNAL|^\[500/);
      expect(await kept()).toBe(0);
      const done = await send(ask, ['alice']);
      expect([done.status, isReplayed(done), await isDeactivated(), await kept()]).toEqual([
        200,
        false,
        true,
        1,
      ]);
      expect(await world.rows('moderation_log')).toHaveLength(1);
      const again = await send(ask, ['alice']);
      expect([again.body, isReplayed(again)]).toEqual([done.body, true]);
      expect(await world.rows('moderation_log')).toHaveLength(1);
    },
  );
});

describe('S18 refusals of an operation that looked', () => {
  const missing: [string, (asker: Ask) => Promise<RestAnswer>, unknown][] = [
    [
      'GraphQL',
      (asker) => mutate(asker, 'usersDeactivate', { users: [{ nickname: 'later' }] }),
      {
        data: {
          usersDeactivate: { errors: [{ code: 'NOT_FOUND', path: ['users', '0', 'nickname'] }] },
        },
      },
    ],
    [
      'the legacy path',
      (asker) => asker('PATCH', `${legacy}/users/deactivate`, { nicknames: ['later'] }, headers),
      /later/,
    ],
    [
      'the v1 path',
      (asker) => asker('PATCH', `${v1}/users/deactivate`, { nicknames: ['later'] }, headers),
      { error: expect.stringMatching(/later/) as unknown },
    ],
  ];

  it.each(missing)(
    '%s: NOT_FOUND is kept: who was told so can rely on it',
    async (_way, send, expected) => {
      const first = await world.expectUnchanged(() => send(ask));
      if (expected instanceof RegExp) expect(first.body).toMatch(expected);
      else expect(first.body).toMatchObject(expected as object);
      await world.user({ nickname: 'later' });
      const again = await world.expectUnchanged(() => send(ask));
      expect([again.status, again.body, isReplayed(again)]).toEqual([
        first.status,
        first.body,
        true,
      ]);
      expect(await kept()).toBe(1);
    },
  );

  it.each([
    [
      'GraphQL',
      (asker: Ask, isRight: boolean) =>
        graphql(
          asker,
          `mutation { inviteCreate(input: {${isRight ? '' : ' maximum: 1 '}}) { invite { databaseId } } }`,
        ),
    ],
    [
      'the legacy path',
      (asker: Ask, isRight: boolean) =>
        asker('POST', `${legacy}/users/invite_token`, isRight ? {} : { max_use: 'many' }, headers),
    ],
    [
      'the v1 path',
      (asker: Ask, isRight: boolean) =>
        asker('POST', `${v1}/users/invite_token`, isRight ? {} : { max_use: 'many' }, headers),
    ],
  ] as [string, (asker: Ask, isRight: boolean) => Promise<RestAnswer>][])(
    '%s: what never reached an operation is not kept: the key is free for the mended request',
    async (_way, send) => {
      const refused = await send(ask, false);
      expect([
        refused.status === 400 || JSON.stringify(refused.body).startsWith('{"errors":'),
        refused.headers.get('idempotency-key'),
        await kept(),
      ]).toEqual([true, null, 0]);
      expect((await send(ask, true)).status).toBe(200);
      expect([(await world.rows('user_invite_tokens')).length, await kept()]).toEqual([1, 1]);
    },
  );
});

describe('S18 several mutations in one document', () => {
  const two = (second: string): string =>
    `mutation { first: usersTag(input: { users: [{ nickname: "alice" }], tags: ["vip"] }) { errors { code } } second: ${second} }`;
  const tags = async (): Promise<unknown> =>
    (await world.rows('users', `nickname = 'alice'`))[0]?.['tags'];

  it('of which one is refused: the other is done, and the answer kept with it', async () => {
    for (const second of [
      'usersTag(input: { users: [{ nickname: "nobody" }], tags: ["vip"] }) { errors { code } }',
      'usersRevokePermission(input: { users: [{ nickname: "admin" }], permission: ADMIN }) { errors { code } }',
    ]) {
      await world.database.pool.query(
        `delete from steward.idempotency_keys; delete from moderation_log; update users set tags = '{}'`,
      );
      const first = await graphql(ask, two(second));
      expect([await tags(), await kept(), (await world.rows('moderation_log')).length]).toEqual([
        ['vip'],
        1,
        1,
      ]);
      const again = await graphql(ask, two(second));
      expect([again.status, again.body, isReplayed(again)]).toEqual([
        first.status,
        first.body,
        true,
      ]);
      expect(await world.rows('moderation_log')).toHaveLength(1);
    }
  });

  it('of which one fails: none is done, and the answer says so', async () => {
    const mend = await breakTable('user_invite_tokens');
    const document = two('inviteCreate(input: {}) { errors { code } }');
    const failed = await world.expectUnchanged(() => graphql(ask, document));
    await mend();
    expect(failed).toMatchObject({
      status: 500,
      body: {
        errors: [
          {
            message:
              'A part of it failed, so nothing was done. It may be sent again with the same Idempotency-Key.',
            extensions: { code: 'INTERNAL' },
          },
        ],
      },
    });
    expect(failed.body).not.toHaveProperty('data');
    expect(await kept()).toBe(0);
    expect(await graphql(ask, document)).toMatchObject({
      status: 200,
      body: { data: { first: { errors: [] }, second: { errors: [] } } },
    });
    expect([
      await tags(),
      (await world.rows('user_invite_tokens')).length,
      (await world.rows('moderation_log')).length,
    ]).toEqual([['vip'], 1, 1]);
  });

  it('are answered with errors where they stand, as the first time', async () => {
    await giveModerators(world, 'users_manage_tags');
    const moderator = await as(await world.user({ nickname: 'mod', isModerator: true }));
    const document =
      'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["vip"] }) { users { nickname credentials { email } } errors { code } } }';
    const first = await graphql(moderator, document);
    expect(first.body).toMatchObject({
      errors: [
        { path: ['usersTag', 'users', 0, 'credentials'], extensions: { code: 'FORBIDDEN' } },
      ],
    });
    const again = await graphql(moderator, document);
    // The id is that of the request that asks again.
    const lasting = ({ body }: typeof first): unknown =>
      JSON.parse(
        JSON.stringify(body, (key, value: unknown) => (key === 'requestId' ? undefined : value)),
      );
    expect([again.status, lasting(again), isReplayed(again)]).toEqual([
      first.status,
      lasting(first),
      true,
    ]);
    expect(await world.rows('moderation_log')).toHaveLength(1);
  });
});

it('S18 a rehearsal stays one, and another request than the change itself', async () => {
  const input = { users: [{ nickname: 'alice' }], tags: ['vip'] };
  for (let time = 0; time < 2; time += 1)
    expect(
      (await world.expectUnchanged(() => mutate(ask, 'usersTag', { ...input, dryRun: true }))).body,
    ).toMatchObject({ data: { usersTag: { errors: [] } } });
  expect((await world.expectUnchanged(() => mutate(ask, 'usersTag', input))).status).toBe(422);
});

describe('S18 mails', () => {
  const sent: OutgoingMail[] = [];
  let isBroken = false;
  const mailer = {
    send: (mail: OutgoingMail): Promise<void> =>
      isBroken
        ? Promise.reject(new MailError('the mail server cannot be reached (ECONNREFUSED)'))
        : Promise.resolve(void sent.push(mail)),
  };
  const ways: [string, (asker: Ask) => Promise<RestAnswer>][] = [
    ['GraphQL', (asker) => mutate(asker, 'inviteSendByEmail', { email: 'guest@mail.example' })],
    [
      'the legacy path',
      (asker) =>
        asker('POST', `${legacy}/users/email_invite`, { email: 'guest@mail.example' }, headers),
    ],
    [
      'the v1 path',
      (asker) =>
        asker('POST', `${v1}/users/email_invite`, { email: 'guest@mail.example' }, headers),
    ],
  ];

  it.each(ways)(
    '%s: one goes out, once; one that cannot takes the invite back and says so',
    async (_way, send) => {
      await world.config(':instance', { registrations_open: false, invites_enabled: true });
      sent.length = 0;
      isBroken = true;
      const asker = await as(world.admin, { source: { ...world.source, mailer } });
      const failed = await world.expectUnchanged(() => send(asker));
      expect(JSON.stringify(failed.body)).toContain(
        'Nothing was done: the mail server cannot be reached (ECONNREFUSED).',
      );
      expect(await kept()).toBe(0);
      isBroken = false;
      for (let time = 0; time < 3; time += 1) expect((await send(asker)).status).toBeLessThan(300);
      expect(sent).toHaveLength(1);
      const [invite, ...others] = await world.rows('user_invite_tokens');
      expect([
        sent[0]?.text.includes(encodeURIComponent(String(invite?.['token']))),
        others,
      ]).toEqual([true, []]);
    },
  );
});

it('S18 a form in parts is the same one with another boundary, and another one with another file', async () => {
  const staticDirectory = mkdtempSync(join(tmpdir(), 'steward-static-'));
  try {
    const asker = await as(world.admin, {
      source: { ...world.source, config: configRules({ staticDirectory }) },
    });
    const send = (text: string): Promise<RestAnswer> => {
      const form = new FormData();
      form.append('file', new Blob([text], { type: 'text/html' }), 'blob');
      return asker('PATCH', `${v1}/instance_document/instance-panel`, form, headers);
    };
    const first = await send('<p>One</p>');
    expect([first.status, isReplayed(first)]).toEqual([200, false]);
    const again = await send('<p>One</p>');
    expect([again.status, again.body, isReplayed(again)]).toEqual([200, first.body, true]);
    expect((await send('<p>Two</p>')).status).toBe(422);
    expect(readFileSync(join(staticDirectory, 'instance/panel.html'), 'utf8')).toBe('<p>One</p>');
  } finally {
    rmSync(staticDirectory, { recursive: true, force: true });
  }
});
