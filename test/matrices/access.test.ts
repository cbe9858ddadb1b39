import { expect, it } from 'vitest';
import { createClient } from '../support/client.js';
import { useSceneApp } from '../support/scene-app.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';
import { callersOf } from './callers.js';
import { doorsOf, type Door } from './doors.js';

const world = useWorld();
const sceneApp = useSceneApp(world);

it('every root field and every route lets in whom docs/operations.md says, and whom they refuse changes nothing', async () => {
  const doors = doorsOf(await makeScene(world), world.database.schema.optional);
  const app = sceneApp();
  const callers = (await callersOf(world)).map(({ token, ...caller }) => ({
    ...caller,
    client: createClient(app, token),
  }));
  const wrong: string[] = [];
  const knock = async (
    door: Door,
    { name, client, expected }: (typeof callers)[number],
  ): Promise<void> => {
    const outcome = await door.enter(client);
    if (outcome !== expected(door))
      wrong.push(`${door.name}, ${name}: ${outcome}, not ${expected(door)}`);
  };
  const welcome = (door: Door) => callers.filter(({ expected }) => expected(door) === 'let in');
  const refused = (door: Door) => callers.filter(({ expected }) => expected(door) !== 'let in');
  await world.expectUnchanged(async () => {
    for (const door of doors) await Promise.all(refused(door).map((caller) => knock(door, caller)));
  });
  for (const door of doors) for (const caller of welcome(door)) await knock(door, caller);
  expect(wrong).toEqual([]);
  console.log(
    `S8: ${doors.length} doors × ${callers.length} callers = ${doors.length * callers.length} cells`,
  );
}, 180_000);
