import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../../src/context.js';
import { flakeFromUuid } from '../../../src/database/flake.js';
import { noCompanion } from '../../../src/instance/companion.js';
import { usersTag } from '../../../src/resolvers/users/tag.js';
import { schema } from '../../../src/schema/index.js';
import { createClient, type Client } from '../../support/client.js';
import { engineName } from '../../support/engine.js';
import { StandInInstance } from '../../support/instance.js';
import type { TestUser } from '../../support/maker.js';
import { useSceneApp } from '../../support/scene-app.js';
import { makeScene } from '../../support/scene.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
/** What only the companion module does touches no row: test/operations/companion-effects.test.ts. */
const byModule = [
  'emojiReload',
  'instanceRestart',
  'mediaProxyCacheDelete',
  'mediaProxyCachePurge',
];
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).filter(
  (name) => !byModule.includes(name),
);

let fetchActor: TestUser;
let instance: StandInInstance | undefined;
beforeEach(async () => {
  fetchActor = await world.user({
    nickname: 'internal.fetch',
    invisible: true,
    actorType: 'Application',
  });
});
afterEach(async () => {
  await instance?.stop();
  instance = undefined;
});

async function startInstance(
  options?: ConstructorParameters<typeof StandInInstance>[1],
): Promise<StandInInstance> {
  instance = new StandInInstance(world, options);
  await instance.start();
  return instance;
}

interface Effect {
  readonly kind: string;
  readonly message: string;
  readonly isQueueRunning: boolean | null;
  readonly jobs: readonly {
    readonly databaseId: string;
    readonly worker: string;
    readonly queue: string;
  }[];
}

const asked =
  'effect { kind message isQueueRunning jobs { databaseId worker queue } } errors { code path message }';

async function mutate(client: Client, name: string, input: object): Promise<Effect> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await client.data<Record<string, { effect: Effect; errors: unknown[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${asked} } }`,
    { input },
  );
  expect(data[name]?.errors).toEqual([]);
  return data[name]?.effect as Effect;
}

const jobs = () => world.rows('oban_jobs');
const edges = () =>
  world.rows(
    'following_relationships',
    `follower_id = (select id from users where nickname = 'internal.fetch')`,
  );
async function manyUnconfirmed(count: number): Promise<void> {
  await world.database.pool.query(
    `insert into users (id, nickname, name, email, ap_id, local, bio, is_confirmed, confirmation_token, follower_address, inserted_at, updated_at)
     select gen_random_uuid(), 'n' || n, 'n' || n, 'n' || n || '@mail.example', 'https://home.example/users/n' || n, true, '', false, 't' || n, 'https://home.example/users/n' || n || '/followers', timezone('UTC', now()), timezone('UTC', now())
     from generate_series(1, $1::integer) n`,
    [count],
  );
}

async function previewToken(client: Client): Promise<string> {
  const { usersConfirmAll } = await client.data<{ usersConfirmAll: { previewToken: string } }>(
    'mutation { usersConfirmAll(input: { dryRun: true }) { previewToken } }',
  );
  return usersConfirmAll.previewToken;
}

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
      args: { op: 'user_activation', user_id: fetchActor.databaseId, status: true },
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
    await manyUnconfirmed(1001);
    const admin = await world.asAdmin();
    await mutate(admin, 'usersConfirmAll', { previewToken: await previewToken(admin) });
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

describe('a warm instance', () => {
  it.each(mutations)(
    'has in its cache what the table says once the jobs of %s have run',
    async (name) => {
      await world.reset();
      const { inputs } = await makeScene(world);
      const running = await startInstance({ pause: 2 });
      await running.warm();
      const effect = await mutate(
        createClient(sceneApp({}, noCompanion), await world.token(world.admin)),
        name,
        inputs[name] ?? {},
      );
      await running.drain();
      const stale = await running.stale();
      const rows = (await world.rows('users')).filter(({ nickname }) =>
        stale.includes(String(nickname)),
      );
      // Of a deactivated account only that it is one matters; a remote one needs the companion module.
      expect(rows.filter((row) => row['is_active'] === true && row['local'] === true)).toEqual([]);
      const inactive = rows.filter((row) => row['is_active'] === false && name !== 'usersDelete');
      expect(inactive.map(({ id }) => running.cache.get(String(id))?.['is_active'])).toEqual(
        inactive.map(() => false),
      );
      if (rows.some((row) => row['is_active'] === true)) expect(effect.kind).toBe('NEEDS_MODULE');
      expect([await edges(), running.failures]).toEqual([[], []]);
    },
  );

  it('sees five hundred accounts confirmed at once', async () => {
    await manyUnconfirmed(500);
    const running = await startInstance();
    await running.warm();
    const admin = await world.asAdmin();
    await mutate(admin, 'usersConfirmAll', { previewToken: await previewToken(admin) });
    await running.drain();
    expect([await running.stale(), await edges()]).toEqual([[], []]);
    expect([...running.cache.values()].filter((row) => row['is_confirmed'] === true)).toHaveLength(
      502,
    );
  });

  const doors: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
    "today's REST": async (name) =>
      (await world.asAdmin()).rest('PUT', '/api/v1/pleroma/admin/users/tag', {
        nicknames: [name],
        tags: ['x'],
      }),
    'the documented REST': async (name) =>
      (await world.asAdmin()).rest('PUT', '/api/pleroma/admin/users/tag', {
        nicknames: [name],
        tags: ['x'],
      }),
    'the shell': (name) =>
      usersTag(createContext(world.source, { kind: 'operator' }), {
        users: [{ nickname: name }],
        tags: ['x'],
      }),
    'GraphQL, by id': async (name) =>
      mutate(await world.asAdmin(), 'usersTag', {
        users: [
          {
            databaseId: await world.database.prisma.user
              .findFirst({ where: { nickname: name } })
              .then((row) => flakeFromUuid(row?.id ?? '')),
          },
        ],
        tags: ['x'],
      }),
  };
  it.each(Object.entries(doors))('sees what was changed through %s', async (_door, tag) => {
    await world.user({ nickname: 'alice' });
    const running = await startInstance();
    await running.warm();
    await tag('alice');
    await running.drain();
    expect([await running.stale(), await edges()]).toEqual([[], []]);
    expect(
      [...running.cache.values()].find(({ nickname }) => nickname === 'alice')?.['tags'],
    ).toEqual(['x']);
  });

  it.each([1, 100])('sees the tags of %d accounts', async (count) => {
    const users = Array.from({ length: count }, (_, index) => `n${String(index)}`);
    for (const nickname of users) await world.user({ nickname });
    const running = await startInstance();
    await running.warm();
    await mutate(await world.asAdmin(), 'usersTag', {
      users: users.map((nickname) => ({ nickname })),
      tags: ['seen'],
    });
    await running.drain();
    expect(await running.stale()).toEqual([]);
    expect(
      [...running.cache.values()].filter(({ tags }) => JSON.stringify(tags) === '["seen"]'),
    ).toHaveLength(count);
  });

  it('sees a change made while it was stopped once it runs again', async () => {
    await world.user({ nickname: 'alice' });
    const running = await startInstance();
    await running.stop();
    await mutate(await world.asAdmin(), 'usersTag', {
      users: [{ nickname: 'alice' }],
      tags: ['x'],
    });
    await running.start();
    await running.warm();
    await running.drain();
    expect([await running.stale(), await edges()]).toEqual([[], []]);
  });

  it.runIf(engineName === 'postgres')(
    'has the newer of two changes of one account, however close they follow each other',
    async () => {
      await world.user({ nickname: 'alice' });
      const [one, other] = [
        createClient(world.app, await world.token(world.admin)),
        createClient(sceneApp({}, noCompanion), await world.token(world.admin)),
      ];
      const running = await startInstance({ pause: 3 });
      await running.warm();
      for (let round = 0; round < 40; round += 1) {
        const first = mutate(one, 'usersTag', {
          users: [{ nickname: 'alice' }],
          tags: [`a${String(round)}`],
        });
        await sleep(Math.random() * 25);
        await Promise.all([
          first,
          mutate(other, 'usersUntag', {
            users: [{ nickname: 'alice' }],
            tags: [`b${String(round)}`],
          }),
        ]);
      }
      await running.drain();
      expect([await running.stale(), await edges()]).toEqual([[], []]);
    },
  );

  it.runIf(engineName === 'postgres')(
    'ends with the last of activations and deactivations in quick succession',
    async () => {
      const alice = await world.user({ nickname: 'alice' });
      const admin = await world.asAdmin();
      const running = await startInstance({ pause: 3 });
      await running.warm();
      for (let round = 0; round < 20; round += 1) {
        await mutate(admin, 'usersDeactivate', { users: [{ nickname: 'alice' }] });
        await sleep(Math.random() * 25);
        await mutate(admin, 'usersActivate', { users: [{ nickname: 'alice' }] });
        await sleep(Math.random() * 25);
      }
      await running.drain();
      expect((await world.rows('users', `nickname = 'alice'`))[0]?.['is_active']).toBe(true);
      expect([running.cache.get(alice.id)?.['is_active'], await running.stale()]).toEqual([
        true,
        [],
      ]);
    },
  );
});
