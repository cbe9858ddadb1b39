import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { makePosts } from '../support/posts.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

let admin: Client;
beforeEach(async () => {
  admin = await world.asAdmin();
});
const document = (mutation: string): string =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { errors { code path message } } }`;
const ask = async (mutation: string, input: object): Promise<unknown> =>
  (await admin.data<Record<string, { errors: unknown }>>(document(mutation), { input }))[mutation]
    ?.errors;
const logged = async (): Promise<unknown[]> =>
  (await world.rows('moderation_log')).map(({ data }) => [
    (data as Record<string, unknown>)['action'],
    (data as Record<string, unknown>)['message'],
    (data as Record<string, unknown>)['steward_action'],
  ]);
const alice = { user: { nickname: 'alice' } };

/** Each with what the log says of it. */
const mutations: readonly (readonly [
  mutation: string,
  input: object,
  action: string,
  sentence: string,
  task: string | undefined,
])[] = [
  ['usersSignOut', { users: [alice.user] }, 'updated_users', 'updated users: @alice', 'sign_out'],
  [
    'userUpdateFlags',
    { ...alice, isLocked: true, isModerator: true },
    'updated_users',
    'updated users: @alice',
    'set',
  ],
  ['userUpdateFlags', { ...alice, isAdmin: true }, 'grant', 'made @alice admin', undefined],
  [
    'userUpdateFlags',
    { ...alice, isModerator: false },
    'revoke',
    'revoked moderator role from @alice',
    undefined,
  ],
  ['userToggleConfirmed', alice, 'updated_users', 'updated users: @alice', 'toggle_confirmed'],
  ['userDeleteActivities', alice, 'updated_users', 'updated users: @alice', 'delete_activities'],
  ['usersConfirmAll', {}, 'confirm_email', 'confirmed email for users: @carol', 'confirm_all'],
  ['usersUnconfirmAll', {}, 'updated_users', 'updated users: @alice, @carol', 'unconfirm_all'],
  [
    'usersUnsubscribe',
    { users: [alice.user] },
    'deactivate',
    'deactivated users: @alice',
    'unsubscribe',
  ],
  [
    'instanceDeactivateUsers',
    { instance: 'far.example' },
    'deactivate',
    'deactivated users: @old@far.example',
    'unsubscribe',
  ],
];

/** What changed nothing is not logged (nothing-changed.test.ts). */
async function somethingToDo(): Promise<void> {
  const user = await world.user({ nickname: 'alice' });
  await world.token(user);
  await makePosts(world).status(user);
  await world.user({ nickname: 'carol', isConfirmed: false });
  await world.user({ nickname: 'old@far.example' });
}

it.each(mutations)(
  '%s %j writes one log row with an action the instance knows',
  async (mutation, input, action, sentence, task) => {
    await somethingToDo();
    if (sentence.startsWith('revoked'))
      await world.database.pool.query(
        `update users set is_moderator = true where nickname = 'alice'`,
      );
    expect(await ask(mutation, input)).toEqual([]);
    expect(await logged()).toEqual([[action, `@admin ${sentence}`, task]]);
  },
);

it.each(mutations)(
  '%s %j is refused to moderators and changes nothing',
  async (mutation, input) => {
    await world.user({ nickname: 'alice' });
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    const { errors } = await world.expectUnchanged(() =>
      moderator.graphql(document(mutation), { input }),
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  },
);

describe('set', () => {
  it('takes the notifications about reports from who is no longer staff, on Akkoma', async () => {
    const mod = await world.user({ nickname: 'mod', isModerator: true });
    const report = await world.database.prisma.activity.create({
      data: { id: mod.id, data: {}, insertedAt: new Date(), updatedAt: new Date() },
      select: { id: true },
    });
    await world.database.pool.query(
      `insert into notifications (user_id, activity_id, type, inserted_at, updated_at) values ($1, $2, 'pleroma:report', timezone('UTC', now()), timezone('UTC', now()))`,
      [mod.id, report.id],
    );
    await shell(world, ['user', 'set', 'mod', '--no-moderator']);
    expect(await world.rows('notifications')).toHaveLength(world.family === 'akkoma' ? 0 : 1);
  });

  it('keeps the last admin, at the shell as well', async () => {
    const { exit, stderr } = await world.expectUnchanged(() =>
      shell(world, ['user', 'set', 'admin', '--no-admin', '--locked']),
    );
    expect([exit, stderr]).toEqual([1, 'This would leave the instance without an active admin.\n']);
  });

  it('never takes the admin role from who asks', async () => {
    await world.user({ nickname: 'other', isAdmin: true });
    expect(
      await world.expectUnchanged(() =>
        ask('userUpdateFlags', { user: { nickname: 'admin' }, isAdmin: false }),
      ),
    ).toMatchObject([{ code: 'FORBIDDEN', path: ['isAdmin'] }]);
  });

  it('gives an unconfirmed account a new token with --no-confirmed, and a confirmed one nothing with --confirmed', async () => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'old' });
    await world.expectUnchanged(() => shell(world, ['user', 'set', 'alice', '--confirmed']));
    await shell(world, ['user', 'set', 'grace', '--no-confirmed']);
    expect((await world.rows('users', `nickname = 'grace'`))[0]).toMatchObject({
      is_confirmed: false,
      confirmation_token: expect.stringMatching(/^[\w-]{43}=$/) as string,
    });
  });
});

describe('all regular active users', () => {
  it('leaves staff, invisible, internal, remote and deactivated accounts alone', async () => {
    const waiting = { isConfirmed: false, confirmationToken: 'old' };
    for (const [nickname, more] of [
      ['regular', {}],
      ['mod', { isModerator: true }],
      ['boss', { isAdmin: true }],
      ['ghost', { invisible: true }],
      ['internal.fetch', {}],
      ['rob@far.example', {}],
      ['gone', { isActive: false }],
    ] as const) {
      await world.user({ nickname, ...waiting, ...more });
    }
    const { stdout } = await world.expectUnchanged(() =>
      shell(world, ['user', 'confirm_all', '--dry-run', '--json']),
    );
    expect(JSON.parse(stdout)).toEqual({ count: 1, sample: ['regular'], dryRun: true });
    await shell(world, ['user', 'confirm_all']);
    expect(
      (await world.rows('users', 'is_confirmed')).map(({ nickname }) => nickname).sort(),
    ).toEqual(['admin', 'regular']);
    await world.database.pool.query(
      'update users set is_confirmed = true, confirmation_token = null',
    );
    await shell(world, ['user', 'unconfirm_all']);
    expect((await world.rows('users', 'not is_confirmed')).map(({ nickname }) => nickname)).toEqual(
      ['regular'],
    );
  });

  it('gives everybody a token of their own', async () => {
    for (let made = 0; made < 30; made += 1) await world.user({ nickname: `user${String(made)}` });
    expect(await world.expectUnchanged(() => ask('usersUnconfirmAll', {}))).toMatchObject([
      { code: 'CONFLICT', path: ['previewToken'] },
    ]);
    await shell(world, ['user', 'unconfirm_all']);
    expect(
      new Set(
        (await world.rows('users', 'not is_confirmed')).map(
          ({ confirmation_token }) => confirmation_token,
        ),
      ).size,
    ).toBe(30);
  });
});

it('a rehearsal answers with the refusals of the real thing', async () => {
  await world.user({ nickname: 'alice' });
  const input = {
    users: [{ nickname: 'alice' }, { nickname: 'nobody' }],
    tags: ['a'],
    dryRun: true,
  };
  expect(await world.expectUnchanged(() => ask('usersTag', input))).toMatchObject([
    { code: 'NOT_FOUND', path: ['users', '1', 'nickname'] },
  ]);
  const answer = await world.expectUnchanged(() =>
    admin.data(
      'mutation ($input: UsersTagInput!) { usersTag(input: $input) { users { nickname tags } } }',
      { input: { users: [{ nickname: 'alice' }], tags: ['a'], dryRun: true } },
    ),
  );
  expect(answer).toEqual({ usersTag: { users: [{ nickname: 'alice', tags: ['a'] }] } });
});

it('userFixFollowState leaves every other state alone, and logs nothing then', async () => {
  const [one, rob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'rob@far.example' }),
  ];
  const words = ['user', 'fix_follow_state', 'alice', 'rob@far.example'];
  expect(await world.expectUnchanged(() => shell(world, words))).toEqual({
    exit: 1,
    stdout: '',
    stderr: 'No follow data for alice and rob@far.example\n',
  });
  await world.database.prisma.activity.create({
    data: {
      id: one.id,
      actor: one.apId,
      data: {
        id: 'https://home.example/activities/1',
        type: 'Follow',
        actor: one.apId,
        object: rob.apId,
        state: 'accept',
      },
      insertedAt: new Date(),
      updatedAt: new Date(),
    },
    select: { id: true },
  });
  await world.follow(one, rob);
  const { stdout } = await world.expectUnchanged(() => shell(world, words));
  expect(stdout).toBe(
    'Request state is accept, vs calculated state of following=true\nNo discrepancy found\n',
  );
  expect(
    await world.expectUnchanged(() =>
      ask('userFixFollowState', {
        follower: { nickname: 'alice' },
        followed: { nickname: 'rob@far.example' },
      }),
    ),
  ).toEqual([]);
});
