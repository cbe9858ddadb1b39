import { expect, it } from 'vitest';
import { privileges } from '../../src/instance/privileges.js';
import { createClient, type Client } from '../support/client.js';
import { storeSetting } from '../support/config.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';
import { callersOf, staffAnswer } from './callers.js';
import { doorsOf, type Door } from './doors.js';

const world = useWorld();
const sceneApp = useSceneApp(world);

/** Every root field and mutation, and every field with an operation of its own. */
async function fieldDoors(): Promise<Door[]> {
  const doors = doorsOf(await makeScene(world), world.database.schema.optional);
  return doors.filter(({ dialect }) => dialect === undefined);
}

/** As many as a document has aliases. */
const atOnce = 20;

/** What `can` says of each of these operations, in their order. */
async function canCall(client: Client, names: readonly string[]): Promise<boolean[]> {
  const told: boolean[] = [];
  for (let start = 0; start < names.length; start += atOnce) {
    const fields = names
      .slice(start, start + atOnce)
      .map((name, index) => `a${String(index)}: can(operation: "${name}")`);
    const { viewer } = await client.data<{ viewer: Record<string, boolean> }>(
      `{ viewer { ${fields.join(' ')} } }`,
    );
    told.push(...Object.values(viewer));
  }
  return told;
}

const mayOf = async (client: Client): Promise<string[]> =>
  (await client.data<{ viewer: { may: string[] } }>('{ viewer { may } }')).viewer.may;

it('viewer.can and viewer.may say of every root field and mutation what the access matrix says, and whom the matrix turns away gets no viewer', async () => {
  const doors = await fieldDoors();
  const app = sceneApp();
  const wrong: string[] = [];
  let cells = 0;
  for (const { name, token, expected } of await callersOf(world)) {
    const client = createClient(app, token);
    const { errors } = await client.graphql('{ viewer { role } }');
    if (errors) {
      // Neither a role nor a credential: the same words at every door.
      const [message = ''] = errors.map((error) => error.message);
      for (const door of doors)
        if (!message.startsWith(expected(door))) wrong.push(`${door.name}, ${name}: ${message}`);
      cells += doors.length;
      continue;
    }
    const told = await canCall(
      client,
      doors.map(({ rule }) => rule.operation),
    );
    const may = await mayOf(client);
    for (const [index, door] of doors.entries()) {
      const isLetIn = expected(door) === 'let in';
      if (told[index] !== isLetIn || may.includes(door.rule.operation) !== isLetIn)
        wrong.push(`${door.name}, ${name}: ${String(told[index])}, not ${String(isLetIn)}`);
      cells += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(cells).toBeGreaterThan(1_000);
  console.log(`viewer: ${String(cells)} cells`);
}, 180_000);

/** What the family can give its staff: one switch, or a list of privileges for both roles. */
const settings: readonly (readonly [given: readonly string[], value: string])[] =
  world.family === 'akkoma'
    ? [[['privileged_staff'], '[privileged_staff: true]']]
    : [[], ...privileges.map((name) => [name])].map((names) => {
        const list = `[${names.map((name) => `:${name}`).join(', ')}]`;
        return [names, `[admin_privileges: ${list}, moderator_privileges: ${list}]`] as const;
      });

it('viewer.may follows what the instance gives its staff: privileged_staff on Akkoma, each privilege on Pleroma', async () => {
  const doors = await fieldDoors();
  const app = sceneApp();
  const staff = async (nickname: string, role: object) =>
    createClient(app, await world.token(await world.user({ nickname, ...role })));
  const callers = [
    [true, await staff('chief', { isAdmin: true })],
    [false, await staff('mod', { isModerator: true })],
  ] as const;
  const wrong: string[] = [];
  for (const [given, value] of settings) {
    await world.database.pool.query(`delete from config where key = ':instance'`);
    await storeSetting(world, ':pleroma', ':instance', value);
    for (const [isAdmin, client] of callers) {
      const may = await mayOf(client);
      for (const { name, rule } of doors) {
        const isGiven = rule.role === 'privileged' && given.includes('privileged_staff');
        const isLetIn = isGiven || staffAnswer(world.family, rule, isAdmin, given) === 'let in';
        if (may.includes(rule.operation) !== isLetIn)
          wrong.push(`${name}, ${isAdmin ? 'an admin' : 'a moderator'} with ${given.join()}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}, 180_000);

it('every refusal of a root field or mutation names operation, role and scope as docs/operations.md has them, and viewer.can agrees', async () => {
  const scene = await makeScene(world);
  const rules = new Map(
    doorsOf(scene, world.database.schema.optional)
      .filter(({ dialect }) => dialect === undefined)
      .map(({ name, rule }) => [name, rule]),
  );
  const documents = [
    ...Object.entries(scene.queries).map(([name, document]) => [name, document, {}] as const),
    ...Object.entries(scene.inputs).map(
      ([name, input]) => [name, mutationDocument(name), { input }] as const,
    ),
  ];
  const app = sceneApp();
  const as = async (nickname: string, role: object, scopes?: readonly string[]) =>
    createClient(app, await world.token(await world.user({ nickname, ...role }), scopes));
  const callers = [
    await as('mod', { isModerator: true }, ['admin:read']),
    await as('reader', { isAdmin: true }, ['read']),
  ];
  let refusals = 0;
  for (const client of callers)
    for (const [name, document, variables] of documents) {
      const [error] = (await client.graphql(document, variables)).errors ?? [];
      if (error?.extensions?.code !== 'FORBIDDEN') continue;
      // A field of an account stands below the account's query, which may be refused first.
      const { path = [] } = error as { readonly path?: readonly string[] };
      const rule = rules.get(path.length === 1 ? String(path[0]) : name);
      if (!rule) throw new Error(`no rule of ${name}`);
      const { operation, ...required } = error.extensions as Readonly<Record<string, unknown>>;
      const onPleroma = world.family === 'pleroma';
      const { privilege } = rule.pleroma;
      expect(required, name).toEqual({
        code: 'FORBIDDEN',
        requiredRole: onPleroma ? rule.pleroma.role : rule.role,
        requiredScope: rule.scopes[0],
        ...(onPleroma && privilege !== undefined ? { requiredPrivilege: privilege } : {}),
      });
      expect(error.message).toContain(` ${String(operation)} needs `);
      expect(await canCall(client, [String(operation)]), name).toEqual([false]);
      refusals += 1;
    }
  expect(refusals).toBeGreaterThan(documents.length);
}, 180_000);
