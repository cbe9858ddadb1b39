import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  confirmAllToken,
  internalFollows,
  manyUnconfirmed,
  mutate,
} from '../../support/effects.js';
import { engineName } from '../../support/engine.js';
import { useStandIn } from '../../support/stand-in.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const { fetchActor, startInstance } = useStandIn(world);
const jobs = () => world.rows('oban_jobs');
const edges = () => internalFollows(world);
const background = { queue: 'background', worker: 'Pleroma.Workers.BackgroundWorker' };

describe('the rows by which an instance refreshes an account', () => {
  it('are one follow of internal.fetch for each account and one job, in the transaction of the change', async () => {
    const [alice, bob] = [
      await world.user({ nickname: 'alice' }),
      await world.user({ nickname: 'bob' }),
    ];
    const effect = await mutate(await world.asAdmin(), 'usersTag', {
      users: [{ nickname: 'alice' }, { nickname: 'bob' }],
      tags: ['x'],
    });
    expect((await edges()).map(({ following_id, state }) => [following_id, state])).toEqual([
      [alice.id, 2],
      [bob.id, 2],
    ]);
    const [job, ...others] = await jobs();
    expect(others).toEqual([]);
    expect(job).toMatchObject({
      ...background,
      state: 'available',
      attempt: 0,
      max_attempts: 5,
      priority: 0,
      meta: {},
      tags: [],
      errors: [],
      args: { op: 'user_activation', user_id: fetchActor().databaseId, status: true },
    });
    expect(effect).toEqual({
      kind: 'QUEUED',
      isQueueRunning: false,
      jobs: [{ ...background, databaseId: String(job?.['id']) }],
      message:
        "The instance refreshes the accounts when it runs the job. The instance's queue is not running: the jobs wait until it is.",
    });
  });

  it('are none for remote and for deactivated accounts, whose follows would stay', async () => {
    await world.user({ nickname: 'rob@far.example' });
    await world.user({ nickname: 'gone', isActive: false });
    const effect = await mutate(await world.asAdmin(), 'usersTag', {
      users: [{ nickname: 'rob@far.example' }, { nickname: 'gone' }],
      tags: ['x'],
    });
    expect([await edges(), await jobs()]).toEqual([[], []]);
    expect([effect.kind, effect.jobs]).toEqual(['NEEDS_MODULE', []]);
  });

  it('are none where the instance has no such actor, and the payload says that a restart is needed', async () => {
    await world.database.pool.query(`delete from users where nickname = 'internal.fetch'`);
    await world.user({ nickname: 'alice' });
    const effect = await mutate(await world.asAdmin(), 'usersTag', {
      users: [{ nickname: 'alice' }],
      tags: ['x'],
    });
    expect([effect.kind, effect.jobs, await jobs()]).toEqual(['NEEDS_RESTART', [], []]);
  });

  it('go with a dry run and with a refusal', async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const document = `mutation ($users: [UserReferenceInput!]!, $dryRun: Boolean) { usersTag(input: { users: $users, tags: ["x"], dryRun: $dryRun }) { effect { kind } errors { code } } }`;
    const run = async (users: object[], dryRun: boolean) =>
      (
        await world.expectUnchanged(() =>
          admin.graphql(document.replace('UserReferenceInput', 'UserReference'), { users, dryRun }),
        )
      ).data;
    expect(await run([{ nickname: 'alice' }], true)).toEqual({
      usersTag: { effect: null, errors: [] },
    });
    expect(await run([{ nickname: 'alice' }, { nickname: 'nobody' }], false)).toEqual({
      usersTag: { effect: null, errors: [{ code: 'NOT_FOUND' }] },
    });
  });

  it('are in several jobs, five seconds apart, for more than 500 accounts', async () => {
    await manyUnconfirmed(world, 1001);
    const admin = await world.asAdmin();
    await mutate(admin, 'usersConfirmAll', { previewToken: await confirmAllToken(admin) });
    expect(await edges()).toHaveLength(1001);
    const starts = (await jobs()).map(({ scheduled_at }) => Date.parse(String(scheduled_at)));
    expect(starts.map((start) => start - (starts[0] ?? 0))).toEqual([0, 5_000, 10_000]);
  });

  it('never show in follows, counts and what a deactivation takes away', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    await mutate(admin, 'usersTag', { users: [{ nickname: 'alice' }], tags: ['x'] });
    const { usersUnsubscribe } = await admin.data<{ usersUnsubscribe: { removedCount: number } }>(
      'mutation { usersUnsubscribe(input: { users: [{ nickname: "alice" }] }) { removedCount users { followersCount } } }',
    );
    expect(usersUnsubscribe).toEqual({ removedCount: 0, users: [{ followersCount: 0 }] });
    expect((await edges()).map(({ following_id }) => following_id)).toEqual([alice.id]);
  });
});

describe('notifications', () => {
  it.runIf(engineName === 'postgres')(
    'wake each queue a transaction leaves jobs in once, by exactly an object',
    async () => {
      const { heard } = await startInstance();
      await world.config(':instance', { federating: true });
      await world.user({ nickname: 'alice' });
      await world.user({ nickname: 'bob' });
      await mutate(await world.asAdmin(), 'usersDelete', {
        users: [{ nickname: 'alice' }, { nickname: 'bob' }],
      });
      while (heard.length < 2) await sleep(5);
      const own = world.family === 'akkoma' ? 'background' : 'slow';
      expect([...heard].sort()).toEqual(
        [`{"queue":"${own}"}`, '{"queue":"federator_outgoing"}'].sort(),
      );
    },
  );
});

describe('deactivating', () => {
  it('leaves the job with the state of the row, cancels what waits, and ends tokens and codes at once', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const token = await world.token(alice);
    await world.database.pool.query(
      `insert into oauth_authorizations (app_id, token, scopes, valid_until, used, user_id, inserted_at, updated_at)
       select id, 'kept', '{read}', timezone('UTC', now()) + interval '1 day', false, $1, timezone('UTC', now()), timezone('UTC', now()) from apps limit 1`,
      [alice.id],
    );
    await world.database.pool.query(
      `insert into oban_jobs (state, queue, worker, args, max_attempts) values ('available', 'background', $1, $2, 1)`,
      [background.worker, { op: 'user_activation', user_id: alice.databaseId, status: true }],
    );
    await mutate(await world.asAdmin(), 'usersDeactivate', { users: [{ nickname: 'alice' }] });
    const [before, job, ...others] = await jobs();
    expect(others).toEqual([]);
    expect(before).toMatchObject({ state: 'cancelled' });
    expect(before?.['cancelled_at']).not.toBeNull();
    expect(job).toMatchObject({
      ...background,
      state: 'available',
      max_attempts: 1,
      args: { op: 'user_activation', user_id: alice.databaseId, status: false },
    });
    expect(await world.rows('oauth_tokens', `token = '${token}'`)).toEqual([]);
    expect(await world.rows('oauth_authorizations')).toEqual([]);
  });

  it('waits for a job of the instance that activates the account this moment', async () => {
    const alice = await world.user({ nickname: 'alice' });
    await world.database.pool.query(
      `insert into oban_jobs (state, queue, worker, args, max_attempts, attempt, attempted_at) values ('executing', 'background', $1, $2, 1, 1, timezone('UTC', now()))`,
      [background.worker, { op: 'user_activation', user_id: alice.databaseId, status: true }],
    );
    const admin = await world.asAdmin();
    const done = mutate(admin, 'usersDeactivate', { users: [{ nickname: 'alice' }] });
    await sleep(150);
    expect((await world.rows('users', `nickname = 'alice'`))[0]?.['is_active']).toBe(true);
    await world.database.pool.query(
      `update oban_jobs set state = 'completed' where state = 'executing'`,
    );
    await done;
    expect((await world.rows('users', `nickname = 'alice'`))[0]?.['is_active']).toBe(false);
  });
});

it('revoking a role ends the tokens and codes with admin scopes, and no others', async () => {
  const bob = await world.user({ nickname: 'bob', isAdmin: true });
  const [powerful, narrow, plain] = [
    await world.token(bob),
    await world.token(bob, ['admin:read:accounts']),
    await world.token(bob, ['read', 'write']),
  ];
  for (const [code, scopes] of [
    ['a', '{read,admin}'],
    ['b', '{admin:write}'],
    ['c', '{read}'],
  ] as const) {
    await world.database.pool.query(
      `insert into oauth_authorizations (app_id, token, scopes, valid_until, used, user_id, inserted_at, updated_at)
       select id, $1, $2, timezone('UTC', now()) + interval '1 day', false, $3, timezone('UTC', now()), timezone('UTC', now()) from apps limit 1`,
      [code, scopes, bob.id],
    );
  }
  await mutate(await world.asAdmin(), 'usersRevokePermission', {
    users: [{ nickname: 'bob' }],
    permission: 'ADMIN',
  });
  const left = (await world.rows('oauth_tokens', `user_id = '${bob.id}'`)).map(
    ({ token }) => token,
  );
  expect([left.includes(powerful), left.includes(narrow), left]).toEqual([false, false, [plain]]);
  expect((await world.rows('oauth_authorizations')).map(({ token }) => token)).toEqual(['c']);
});
