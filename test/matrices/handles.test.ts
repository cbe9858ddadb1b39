import { Command } from 'commander';
import { getNamedType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import { schema } from '../../src/schema/index.js';
import type { App } from '../../src/server/app.js';
import { createClient } from '../support/client.js';
import { useExampleWorld } from '../support/example-world.js';
import { family } from '../support/engine.js';
import { documentedOperations, exampleUrl } from '../support/openapi.js';
import { makePosts } from '../support/posts.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument } from '../support/scene-requests.js';
import { makeScene, type Scene } from '../support/scene.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

/** A local nickname, as people write it too. */
const spellings: readonly ((nickname: string) => string)[] = [
  (nickname) => `@${nickname}@HOME.example`,
  (nickname) => `acct:${nickname}@home.example.`,
  (nickname) => `https://home.example/@${nickname}`,
  (nickname) => ` ${nickname}@home.example:443 `,
];

describe('every GraphQL mutation takes an account in any spelling of its handle', () => {
  const sceneApp = useSceneApp(world);
  let [app, scene, putBack]: [
    App | undefined,
    Scene | undefined,
    (() => Promise<void>) | undefined,
  ] = [undefined, undefined, undefined];
  beforeAll(() => {
    app = sceneApp();
  });
  beforeEach(async () => {
    if (putBack) return putBack();
    scene = await makeScene(world);
    putBack = await world.keep();
  });

  /** The input with its references to accounts spelled otherwise; found by their type in the schema. */
  const spelled = (
    value: unknown,
    type: GraphQLInputType,
    spell: (nickname: string) => string,
  ): unknown => {
    const named = getNamedType(type);
    if (Array.isArray(value)) return value.map((item) => spelled(item, named, spell));
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return value;
    if (named.name === 'UserReference' && 'nickname' in value)
      return { nickname: spell(String(value.nickname)) };
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        spelled(item, named.getFields()[key]?.type ?? named, spell),
      ]),
    );
  };
  const inputType = (name: string): GraphQLInputType =>
    schema.getMutationType()?.getFields()[name]?.args[0]?.type as GraphQLInputType;
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  const takesAccount = (type: GraphQLInputType, seen = new Set<unknown>()): boolean => {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || seen.has(named)) return false;
    seen.add(named);
    return (
      named.name === 'UserReference' ||
      Object.values(named.getFields()).some((field) => takesAccount(field.type, seen))
    );
  };
  const taking = mutations.filter((name) => takesAccount(inputType(name)));

  it('most of them take one', () => {
    expect(taking.length).toBeGreaterThan(20);
  });

  it.each(taking)('%s', async (name) => {
    const input = scene?.inputs[name];
    for (const spell of spellings) {
      await putBack?.();
      const client = createClient(app as App, await world.token(world.admin));
      const answer = await client.graphql(mutationDocument(name), {
        input: spelled(input, inputType(name), spell),
      });
      expect({ spelling: spell('x'), answer }).toMatchObject({
        answer: { data: { [name]: { errors: [] } } },
      });
    }
  });
});

describe('every REST route takes an account in any spelling of its handle', () => {
  const client = useExampleWorld(world);
  const names = ['nickname', 'nicknames', 'follower', 'followed'];
  const spellBody = (body: object, spell: (nickname: string) => string): object =>
    Object.fromEntries(
      Object.entries(body).map(([key, value]) => [
        key,
        !names.includes(key)
          ? value
          : Array.isArray(value)
            ? value.map(String).map(spell)
            : spell(String(value)),
      ]),
    );
  const operations = documentedOperations(openApiDocument(), family).filter(
    ({ path, operationId, parameters, body }) =>
      path.includes('/admin/') &&
      !/usersCreate/.test(operationId) &&
      (parameters.some(({ name }) => names.includes(name)) ||
        Object.keys(body?.example ?? {}).some((name) => names.includes(name))),
  );

  it('many of them take one', () => {
    expect(operations.length).toBeGreaterThan(40);
  });

  it.each(operations)('$method $path', async (operation) => {
    const { method, body, success, parameters } = operation;
    for (const spell of spellings.slice(0, 2)) {
      const spelledOperation = {
        ...operation,
        parameters: parameters.map((parameter) =>
          names.includes(parameter.name)
            ? { ...parameter, example: spell(String(parameter.example)) }
            : parameter,
        ),
      };
      const answer = await (
        await client()
      ).rest(
        method,
        exampleUrl(spelledOperation),
        body && spellBody(body.example as object, spell),
      );
      expect({ status: answer.status, body: answer.body }).toMatchObject({
        status: Number(success),
      });
      if (method !== 'GET') break; // done once
    }
  });
});

describe('every task of the shell takes an account in any spelling of its handle', () => {
  const tasks = createProgram({ out: () => undefined, error: () => undefined }, () =>
    Promise.resolve(),
  )
    .commands.flatMap((group: Command) =>
      group.commands.map((command) => ({
        words: [group.name(), command.name()],
        names: command.registeredArguments.map((argument) => argument.name()),
      })),
    )
    .filter(
      ({ names, words }) =>
        names.some((name) => ['nickname', 'local', 'remote'].includes(name)) && words[1] !== 'new',
    );

  it('many of them take one', () => {
    expect(tasks.length).toBeGreaterThan(12);
  });

  it.each(tasks)('$words', async ({ words, names }) => {
    const [grace, tomas] = [
      await world.user({
        nickname: 'grace',
        isConfirmed: words[0] === 'token',
        isModerator: words[0] === 'token',
      }),
      await world.user({ nickname: 'tomas@xn--baw-joa.example' }),
    ];
    await makePosts(world).act(grace, 'Follow', tomas.apId, { state: 'pending' });
    const given = names.flatMap((name) =>
      name === 'remote'
        ? ['https://bawü.example/@tomas']
        : name === 'tags'
          ? ['a-tag']
          : ['nickname', 'local'].includes(name)
            ? ['@grace@HOME.example']
            : [],
    );
    expect(await shell(world, [...words, ...given])).toMatchObject({ exit: 0 });
  });
});
