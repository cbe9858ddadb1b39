import { isRequiredArgument, type GraphQLArgument } from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.js';
import type { App } from '../../src/server/app.js';
import type { GraphQLAnswer } from '../support/client.js';
import { hostileTexts } from '../support/fuzz/hostile-texts.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { textPaths, withText, type TextPath } from '../support/text-arguments.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
let app: App;
beforeAll(() => {
  app = sceneApp();
});

/** Speaks as an admin. The clients of other tests would take every text sent as a password for a secret, and ask the logs of all tests for it. */
async function speaker(): Promise<
  (query: string, variables: Record<string, unknown>) => Promise<GraphQLAnswer>
> {
  const headers = {
    authorization: `Bearer ${await world.token(world.admin)}`,
    'content-type': 'application/json',
  };
  return async (query, variables) => {
    const response = await app.fetch(
      new Request('http://steward.test/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables }),
      }),
    );
    return {
      ...((await response.json()) as Omit<GraphQLAnswer, 'status'>),
      status: response.status,
    };
  };
}

/** Longer than any text may be but in settings (docs/limits.md), and shorter than a body. */
const tooLong = 'x'.repeat(250_000);
const refused = (name: string): readonly string[] => [
  'a\0b',
  ...(name === 'configUpdate' ? [] : [tooLong]),
];
/** Some for each place, other ones for the next. */
const hostile = hostileTexts(500, 20261126, ['admin', 'alice']);
let next = 0;
const some = (): readonly string[] =>
  Array.from({ length: 4 }, () => hostile[next++ % hostile.length] ?? '');

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map(
  ({ name, args: [input] }) => ({
    name,
    input: input as GraphQLArgument,
    paths: input ? [...textPaths(input.type)] : [],
  }),
);
const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
  field.args.map((argument) => ({ field, argument, paths: [...textPaths(argument.type)] })),
);

interface Told {
  readonly codes: readonly unknown[];
  /** Where in the input, as the answer says it. */
  readonly places: readonly string[];
  readonly text: string;
}

/** What an answer says is wrong, of both kinds of errors. Pothos and graphql-js tell the place in the message. */
function told({ data, errors = [] }: GraphQLAnswer, name: string): Told {
  const own =
    (
      data?.[name] as
        { errors?: readonly { code: string; path: readonly string[] }[] } | null | undefined
    )?.errors ?? [];
  const above = errors.map(({ message, extensions }) => ({
    code: extensions?.code,
    place:
      (extensions as { inputPath?: readonly string[] } | undefined)?.inputPath?.join('.') ??
      message,
  }));
  return {
    codes: [...own.map(({ code }) => code), ...above.map(({ code }) => code)],
    places: [...own.map(({ path }) => path.join('.')), ...above.map(({ place }) => place)],
    text: JSON.stringify([own, errors]),
  };
}

/** The word by which a refusal names a field: its own, but where the operation has another, or names a setting by the change it stands in. */
const names: Readonly<Record<string, RegExp>> = {
  id: /\bid\b|global ID|^ID: /,
  removeSubkeys: /\bsubkeys\b/,
  elixir: /^changes\.0$/,
};

/** What is wrong with the answer to a text that must be refused by its place. */
function notRefused(answer: GraphQLAnswer, name: string, path: TextPath): string[] {
  const { codes, places, text } = told(answer, name);
  const field = path.filter((step) => typeof step === 'string').at(-1) ?? '';
  const isRefused =
    codes.length > 0 &&
    codes.every((code) => code === 'INVALID' || code === 'BAD_USER_INPUT' || code === 'NOT_FOUND');
  const isNamed = places.every((place) =>
    (names[field] ?? new RegExp(`\\b${field}\\b`)).test(place),
  );
  return isRefused && isNamed ? [] : [`${name} ${path.join('.')}: ${text.slice(0, 200)}`];
}

/** What is wrong with the answer to any text. */
function broken(answer: GraphQLAnswer, name: string, path: TextPath, sent: string): string[] {
  const { codes, text } = told(answer, name);
  return codes.includes('INTERNAL') ||
    codes.includes(undefined) ||
    /select |insert into|violates|Prisma/i.test(
      text.replaceAll(JSON.stringify(sent).slice(1, -1), ''),
    )
    ? [`${name} ${path.join('.')} = ${sent.slice(0, 40)}: ${text.slice(0, 200)}`]
    : [];
}

it('S12 more than 100 places of mutations take a text', () => {
  expect(mutations.flatMap(({ paths }) => paths).length).toBeGreaterThan(100);
});

it.each(mutations.filter(({ paths }) => paths.length > 0))(
  'S12 $name: a NUL and what is too long (CVE-2026-23962) are refused by their place and change nothing, and no text is a fault of the server',
  async ({ name, input, paths }) => {
    const { inputs } = await makeScene(world);
    const speak = await speaker();
    const send = (path: TextPath, text: string): Promise<GraphQLAnswer> =>
      speak(mutationDocument(name), { input: withText(input.type, path, inputs[name], text) });
    const faults: string[] = [];
    await world.expectUnchanged(async () => {
      for (const path of paths)
        for (const text of refused(name))
          faults.push(...notRefused(await send(path, text), name, path));
    });
    for (const path of paths)
      for (const text of some()) faults.push(...broken(await send(path, text), name, path, text));
    expect(faults).toEqual([]);
  },
);

it.each(queries.filter(({ paths }) => paths.length > 0))(
  'S12 $field.name($argument.name): no text is a fault of the server, and a NUL and what is too long are refused',
  async ({ field, argument, paths }) => {
    await makeScene(world);
    const speak = await speaker();
    const others = field.args
      .filter((other) => other !== argument && isRequiredArgument(other))
      .map(({ name }) => `, ${name}: "x"`)
      .join('');
    const ask = (path: TextPath, text: string): Promise<GraphQLAnswer> =>
      speak(
        `query ($value: ${String(argument.type)}) { ${field.name}(${argument.name}: $value${others}) { __typename } }`,
        { value: withText(argument.type, path, undefined, text) },
      );
    const faults: string[] = [];
    await world.expectUnchanged(async () => {
      for (const path of paths) {
        for (const text of refused(field.name))
          faults.push(...notRefused(await ask(path, text), field.name, [argument.name, ...path]));
        for (const text of some())
          faults.push(...broken(await ask(path, text), field.name, path, text));
      }
    });
    expect(faults).toEqual([]);
  },
);
