import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/context.js';
import { flakeFromUuid } from '../../../src/database/flake.js';
import { noCompanion } from '../../../src/instance/companion.js';
import { usersTag } from '../../../src/resolvers/users/tag.js';
import { createClient } from '../../support/client.js';
import {
  confirmAllToken,
  internalFollows,
  manyUnconfirmed,
  mutate,
} from '../../support/effects.js';
import { engineName } from '../../support/engine.js';
import { useSceneApp } from '../../support/scene-app.js';
import { mutationsOf } from '../../support/scene-requests.js';
import { makeScene } from '../../support/scene.js';
import { useStandIn } from '../../support/stand-in.js';
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
const mutations = mutationsOf(world.family).filter((name) => !byModule.includes(name));

const { startInstance } = useStandIn(world);
const edges = () => internalFollows(world);

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
    await manyUnconfirmed(world, 500);
    const running = await startInstance();
    await running.warm();
    const admin = await world.asAdmin();
    await mutate(admin, 'usersConfirmAll', { previewToken: await confirmAllToken(admin) });
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
