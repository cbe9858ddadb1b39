import { describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { redeemInvite } from '../../src/database/invites.js';
import { postgresPool } from '../../src/database/pool.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const redeem =
  'mutation ($input: InviteRedeemInput!) { inviteRedeem(input: $input) { user { nickname } errors { code path message } } }';
const guest = (nickname: string) => ({
  nickname,
  email: `${nickname}@guest.example`,
  password: 'secret-password',
});

const addInvite = (
  type: string,
  {
    uses = 0,
    maxUse = null as number | null,
    expiresAt = null as string | null,
    used = false,
  } = {},
) =>
  world.database.pool.query(
    `insert into user_invite_tokens (token, used, uses, max_use, expires_at, invite_type, inserted_at, updated_at) values ('the-token', $1, $2, $3, $4, $5, '2020-01-01', '2020-01-01')`,
    [used, uses, maxUse, expiresAt, type],
  );
const spend = (now = new Date(), database: Database = world.source.database) =>
  database.transaction((tx) => redeemInvite(tx, 'the-token', now));
const stored = async () =>
  (await world.rows('user_invite_tokens')).map(({ used, uses }) => ({ used, uses }));

describe('a use spent, as recorded', () => {
  it.each([
    ['one_time', {}, { used: true, uses: 0 }],
    ['reusable', { uses: 2, maxUse: 5 }, { used: false, uses: 3 }],
    ['reusable', { uses: 4, maxUse: 5 }, { used: true, uses: 5 }],
    ['date_limited', { expiresAt: '2030-01-01' }, { used: false, uses: 0 }],
    ['reusable_date_limited', { maxUse: 3, expiresAt: '2030-06-30' }, { used: false, uses: 1 }],
    [
      'reusable_date_limited',
      { uses: 2, maxUse: 3, expiresAt: '2030-06-30' },
      { used: true, uses: 3 },
    ],
  ])('%s %j', async (type, values, expected) => {
    await addInvite(type, values);
    expect(await spend(new Date('2026-11-21T00:33:30Z'))).toBe(true);
    expect(await stored()).toEqual([expected]);
  });

  it.each([
    ['one_time', { used: true }],
    ['reusable', { uses: 5, maxUse: 5 }],
    ['reusable', { uses: 1, maxUse: 5, used: true }],
    ['reusable', { maxUse: 0 }],
    ['reusable', { maxUse: -1 }],
    ['date_limited', { expiresAt: '2026-11-20' }],
    ['reusable_date_limited', { uses: 3, maxUse: 3, expiresAt: '2030-06-30' }],
    ['reusable_date_limited', { uses: 1, maxUse: 3, expiresAt: '2026-11-20' }],
  ])('none of %s %j', async (type, values) => {
    await addInvite(type, values);
    expect(await world.expectUnchanged(() => spend(new Date('2026-11-21T00:33:30Z')))).toBe(false);
  });

  it.each([
    ['2028-02-29T00:00:00Z', '2028-02-29', true],
    ['2028-02-29T23:59:59.999Z', '2028-02-29', true],
    ['2028-03-01T00:00:00Z', '2028-02-29', false],
    ['2027-12-31T23:59:59.999Z', '2027-12-31', true],
    ['2028-01-01T00:00:00Z', '2027-12-31', false],
  ])('at %s the last day %s lets in: %s', async (now, expiresAt, expected) => {
    await addInvite('date_limited', { expiresAt });
    expect(await spend(new Date(now))).toBe(expected);
  });
});

describe('registering by an invite', () => {
  it('creates the account and spends one use', async () => {
    await addInvite('reusable', { maxUse: 2 });
    const admin = await world.asAdmin();
    expect(await admin.data(redeem, { input: { token: 'the-token', ...guest('ann') } })).toEqual({
      inviteRedeem: { user: { nickname: 'ann' }, errors: [] },
    });
    expect(await stored()).toEqual([{ used: false, uses: 1 }]);
    expect((await world.rows('moderation_log')).map(({ data }) => data)).toMatchObject([
      { action: 'create', message: '@admin created users: @ann' },
    ]);
  });

  it.each([
    [
      'an invite that lets nobody in',
      { token: 'other', ...guest('ann') },
      { code: 'CONFLICT', path: ['token'], message: 'Expired token' },
    ],
    [
      'a taken nickname, which spends no use',
      { token: 'the-token', ...guest('ADMIN') },
      { code: 'TAKEN', path: ['nickname'], message: 'nickname has already been taken' },
    ],
    [
      'a bad nickname',
      { token: 'the-token', ...guest('a b') },
      { code: 'INVALID', path: ['nickname'], message: 'nickname has invalid format' },
    ],
  ])('refuses %s', async (_case, input, error) => {
    await addInvite('one_time');
    const admin = await world.asAdmin();
    const { inviteRedeem } = await world.expectUnchanged(() =>
      admin.data<{ inviteRedeem: { errors: unknown[] } }>(redeem, { input }),
    );
    expect(inviteRedeem.errors).toContainEqual(error);
  });

  it('a list that asks for more uses than there are creates nobody', async () => {
    await addInvite('one_time');
    const admin = await world.asAdmin();
    const users = ['ann', 'ben'].map((nickname) => ({
      ...guest(nickname),
      inviteToken: 'the-token',
    }));
    const answer = await world.expectUnchanged(() =>
      admin.data(
        'mutation ($input: UsersCreateInput!) { usersCreate(input: $input) { users { nickname } errors { code path } } }',
        { input: { users } },
      ),
    );
    expect(answer).toEqual({
      usersCreate: {
        users: null,
        errors: [{ code: 'CONFLICT', path: ['users', '1', 'inviteToken'] }],
      },
    });
  });
});

describe('many at once (the instance let 171 to 173 of 200 in by an invite for 10)', () => {
  it('two Stewards with 200 guests let exactly 10 in', async () => {
    await addInvite('reusable', { maxUse: 10 });
    const others =
      world.databaseUrl === undefined
        ? []
        : [await openDatabase(postgresPool(world.databaseUrl, 8))];
    const stewards = [world.source.database, ...others];
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        spend(new Date(), stewards[index % stewards.length]),
      ),
    );
    await Promise.all(others.map((other) => other.close()));
    expect(results.filter(Boolean)).toHaveLength(10);
    expect(await stored()).toEqual([{ used: true, uses: 10 }]);
  });

  it('registrations at once create no more accounts than uses', async () => {
    await addInvite('reusable', { maxUse: 3 });
    const admin = await world.asAdmin();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        admin.data<{ inviteRedeem: { user: unknown; errors: unknown[] } }>(redeem, {
          input: { token: 'the-token', ...guest(`guest${String(index)}`) },
        }),
      ),
    );
    expect(answers.filter(({ inviteRedeem }) => inviteRedeem.user !== null)).toHaveLength(3);
    expect(await world.rows('users', `nickname like 'guest%'`)).toHaveLength(3);
    expect(await stored()).toEqual([{ used: true, uses: 3 }]);
  });
});
