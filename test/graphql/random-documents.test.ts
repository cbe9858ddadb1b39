import fc from 'fast-check';
import { execute, getNamedType, parse, validate, type ExecutionResult } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/auth/actor.js';
import { createContext } from '../../src/context.js';
import { builder } from '../../src/schema/builder.js';
import { schema } from '../../src/schema/index.js';
import { writeNote } from '../support/cases.js';
import type { Client } from '../support/client.js';
import { conditionDeclarations, createSelections } from '../support/fuzz/selection.js';
import type { TestUser } from '../support/maker.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const runs = Math.max(40, Number(process.env['FUZZ_REQUESTS'] ?? 0) / 20);

/** The schema as Pothos builds it, whose Prisma plugin reads every column of an account for itself, in rows of its own. */
const plainSchema = builder.toSchema();
const queries = [
  'users(first: 4)',
  'users(last: 3, filter: { is: [LOCAL] })',
  'user(by: { nickname: "author" })',
  'user(by: { nickname: "far@away.example" })',
  'user(by: { nickname: $none })',
  'reports(first: 3)',
  'statuses(first: 3)',
  'moderationLog(first: 3)',
  'relays',
  'invites(first: 2)',
  'report(by: { databaseId: "x" })',
];
const dryRuns = [
  'usersTag(input: { users: [{ nickname: "author" }], tags: ["x"], dryRun: true })',
  'usersTag(input: { users: [{ nickname: "nobody" }, { nickname: "no one" }], tags: ["x"], dryRun: true })',
  'usersDeactivate(input: { users: [{ nickname: "reporter" }], dryRun: true })',
  'usersDelete(input: { users: [{ nickname: "mod" }], dryRun: true })',
];

let callers: readonly { readonly client: Client; readonly actor: Actor }[] = [];

beforeEach(async () => {
  const author = await world.user({
    nickname: 'author',
    name: 'A "quoted" name, {braces}',
    tags: ['a', 'b,c', 'NULL'],
    avatar: { url: [{ href: 'https://home.example/a.png' }] },
  });
  const reporter = await world.user({ nickname: 'reporter', isActive: false });
  const moderator = await world.user({ nickname: 'mod', isModerator: true });
  const far = await world.user({
    nickname: 'far@away.example',
    bio: '<b>far</b>',
    lastActiveAt: null,
  });
  const status = await posts.status(author, { object: { summary: 'spoiler', sensitive: true } });
  const reply = await posts.status(far, { object: { inReplyTo: status.apId } });
  const report = await posts.report(reporter, author, [status, reply]);
  await posts.report(author, far, [reply]);
  await writeNote(world, world.admin, report, 'seen');
  await (
    await world.asAdmin()
  ).rest('PUT', '/api/v1/pleroma/admin/users/tag', { nicknames: ['author'], tags: ['x'] });
  const callerOf = async (user: TestUser, isAdmin: boolean) => ({
    client: world.as(await world.token(user)),
    actor: {
      kind: 'account',
      id: user.id,
      nickname: user.nickname,
      apId: user.apId,
      isAdmin,
      isModerator: !isAdmin,
      scopes: 'all',
    } as const,
  });
  callers = [await callerOf(world.admin, true), await callerOf(moderator, false)];
});

/** The same text, keys in the same order, and errors at the same places, whose words the server settles. */
const written = ({
  data,
  errors,
}:
  | Pick<ExecutionResult, 'data' | 'errors'>
  | { readonly data: unknown; readonly errors: unknown }): string =>
  JSON.stringify([
    data,
    (JSON.parse(JSON.stringify(errors ?? [])) as { path?: unknown; locations?: unknown }[]).map(
      ({ path, locations }) => ({ path, locations }),
    ),
  ]);

describe('any document is answered as plain graphql-js answers it over the Prisma plugin', () => {
  it.each([
    ['queries', 'Query', queries],
    ['mutations', 'Mutation', dryRuns],
  ] as const)(
    '%s: conditions, aliases, repeated fields and fragments, keys in order, errors in place',
    async (_kind, root, fields) => {
      const rootType = root === 'Query' ? schema.getQueryType() : schema.getMutationType();
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), fc.boolean(), fc.boolean(), async (g, a, b) => {
          const field = g(() => fc.constantFrom(...fields));
          const definition = rootType?.getFields()[field.replace(/\(.*/, '')];
          if (!definition) throw new Error(field);
          const isStable = (type: string, name: string): boolean =>
            !(
              root === 'Mutation' &&
              (name === 'updatedAt' || type === 'ModerationLogEntry' || name === 'logEntries')
            );
          const selections = createSelections(schema, g, isStable);
          const content = selections.repeated(field, getNamedType(definition.type), root);
          const query = `${root.toLowerCase()} Q(${conditionDeclarations}${content.includes('$none') ? ', $none: String' : ''}) { ${content} last: __typename @include(if: $a) @skip(if: $b) } ${selections.fragments()}`;
          const document = parse(query);
          if (validate(schema, document).length > 0 && root === 'Mutation') return;
          const variables = { a, b };
          const caller = callers[g(fc.nat, { max: 1 })];
          if (!caller) throw new Error('no caller');
          const { client, actor } = caller;
          const answer = await client.graphql(query, variables);
          if (answer.status === 400 || answer.data === undefined) return;
          const plain = await execute({
            schema: plainSchema,
            document,
            contextValue: { operation: createContext(world.source, actor) },
            variableValues: variables,
          });
          expect(written(answer), query).toBe(written(plain));
          compared += 1;
        }),
        { numRuns: runs, endOnFailure: true },
      );
      expect(compared).toBeGreaterThan(runs / 4);
    },
    120_000 + runs * 400,
  );
});

it('a mutation that is spread twice, once under a condition that does not hold, is done', async () => {
  const document = `mutation ($u: Boolean!) { ...F @include(if: $u) ...F } fragment F on Mutation { usersTag(input: { users: [{ nickname: "author" }], tags: ["again"] }) { errors { code } } }`;
  for (const u of [false, true]) {
    expect(await (await world.asAdmin()).data(document, { u })).toEqual({
      usersTag: { errors: [] },
    });
    expect(
      JSON.stringify((await world.rows('users', `nickname = 'author'`))[0]?.['tags']),
    ).toContain('again');
    await world.database.pool.query(`update users set tags = '{}' where nickname = 'author'`);
  }
});
