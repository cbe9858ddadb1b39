import { expect, it } from 'vitest';
import { privileges } from '../../src/instance/privileges.js';
import { createClient } from '../support/client.js';
import { storeSetting } from '../support/config.js';
import { useSceneApp } from '../support/scene-app.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';
import { staffAnswer } from './callers.js';
import { doorsOf } from './doors.js';

const world = useWorld();
const sceneApp = useSceneApp(world);

/** Gives both roles these privileges, in a row that comes over all else. */
async function give(names: readonly string[]): Promise<void> {
  await world.database.pool.query(`delete from config where key = ':instance'`);
  const list = `[${names.map((name) => `:${name}`).join(', ')}]`;
  const value = `[registrations_open: false, invites_enabled: true, account_activation_required: true,
    admin_privileges: ${list}, moderator_privileges: ${list}]`;
  await storeSetting(world, ':pleroma', ':instance', value);
}

it('every door of a Pleroma opens by the one privilege docs/operations.md names', async ({
  skip,
}) => {
  if (world.family === 'akkoma') skip();
  // A field of an account asks for the privilege of the account's query besides its own.
  const doors = doorsOf(await makeScene(world), world.database.schema.optional).filter(
    ({ name }) => !name.startsWith('User.'),
  );
  const app = sceneApp();
  const staff = async (nickname: string, role: object) =>
    createClient(app, await world.token(await world.user({ nickname, ...role })));
  const admin = await staff('chief', { isAdmin: true });
  const moderator = await staff('mod', { isModerator: true });
  const wrong: string[] = [];
  const knock = async (isAdmin: boolean, given: readonly string[]): Promise<void> => {
    for (const [index, door] of doors.entries()) {
      // What an admin may do without a privilege changes settings, too.
      if (isAdmin || index === 0) await give(given);
      const expected = staffAnswer('pleroma', door.rule, isAdmin, given);
      const outcome = await door.enter(isAdmin ? admin : moderator);
      const who = `${isAdmin ? 'an admin' : 'a moderator'} with ${given.join() || 'none'}`;
      if (outcome !== expected) wrong.push(`${door.name}, ${who}: ${outcome}, not ${expected}`);
    }
  };
  await knock(true, []);
  await knock(false, []);
  for (const privilege of privileges) await knock(false, [privilege]);
  expect(wrong).toEqual([]);
  console.log(`${doors.length} doors × ${privileges.length + 2} lists`);
}, 300_000);
