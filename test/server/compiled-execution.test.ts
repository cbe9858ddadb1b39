import { buildSchema, execute, parse, validate, type ExecutionArgs, type ExecutionResult, type GraphQLFieldResolver, type GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compiledExecution } from '../../src/server/compiled-execution.js';

const schema = buildSchema(`
  directive @defer(label: String, if: Boolean) on FRAGMENT_SPREAD | INLINE_FRAGMENT
  input Pick @oneOf { id: ID, name: String }
  input Picks { all: [Pick!]! }
  type Item { id: ID!, name: String, broken: String!, parent: Item }
  type Query { item(pick: Pick): Item, items(picks: Picks!): [Item]!, count(n: Int! = 1): Int! }`);
const item = { id: '1', name: 'one' };
const resolvers: Record<string, GraphQLFieldResolver<unknown, unknown, { n: number; picks: { all: unknown[] } }>> = {
  'Query.item': () => Promise.resolve(item),
  'Query.items': (_root, { picks }) => picks.all.map(() => item),
  'Query.count': (_root, { n }) => n,
  'Item.parent': () => Promise.resolve({ id: '0', name: null }),
  'Item.broken': () => {
    throw new Error('broken');
  },
};
for (const [name, resolve] of Object.entries(resolvers)) {
  const [type = '', field = ''] = name.split('.');
  const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
  if (definition) definition.resolve = resolve;
}

const plugin = compiledExecution();

/** What the plugin puts in the place of `execute`, if anything. */
async function executorOf(args: ExecutionArgs): Promise<typeof execute | undefined> {
  const given: (typeof execute)[] = [];
  const payload = { args, setExecuteFn: (executor: typeof execute) => given.push(executor) };
  await plugin.onExecute?.(payload as unknown as Parameters<NonNullable<typeof plugin.onExecute>>[0]);
  return given[0];
}

const json = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));
const argsOf = (query: string, variableValues: Record<string, unknown> = {}, operationName?: string): ExecutionArgs => ({ schema, document: parse(query), variableValues, operationName });

describe('compiled operations answer what graphql-js answers', () => {
  it.each<[string, string, Record<string, unknown>?]>([
    ['fields, aliases, fragments', '{ a: item { id ...f } item { name parent { name } } } fragment f on Item { id parent { id } }'],
    ['@skip and @include with variables', 'query ($yes: Boolean!, $no: Boolean!) { item { id @skip(if: $yes) name @include(if: $yes) ...f @include(if: $no) } count @skip(if: $no) } fragment f on Item { parent { id } }', { yes: true, no: false }],
    ['one fragment in two places, once left out', 'query ($no: Boolean!) { a: item @include(if: $no) { ...f } b: item { ...f } } fragment f on Item { id name @skip(if: $no) }', { no: false }],
    ['defaults', 'query ($n: Int! = 7) { count(n: $n) other: count }'],
    ['errors with path and location', '{ items(picks: { all: [{ id: "1" }, { name: "x" }] }) { id broken } item { ...f } } fragment f on Item { broken }'],
    ['a missing variable', 'query ($n: Int!) { count(n: $n) }'],
    ['a variable of the wrong type', 'query ($n: Int!) { count(n: $n) }', { n: 'many' }],
    ['an unknown input field', 'query ($picks: Picks!) { items(picks: $picks) { id } }', { picks: { all: [{ size: 1 }] } }],
    ['a @oneOf input with two fields', 'query ($picks: Picks!) { items(picks: $picks) { id } }', { picks: { all: [{ id: '1' }, { id: '1', name: 'x' }] } }],
    ['a @oneOf input with none', 'query ($pick: Pick) { item(pick: $pick) { id } }', { pick: {} }],
    ['a @oneOf input that is null inside', 'query ($pick: Pick) { item(pick: $pick) { id } }', { pick: { id: null } }],
    ['a @oneOf input that is right', 'query ($picks: Picks!) { items(picks: $picks) { id } }', { picks: { all: [{ id: '1' }, { name: 'x' }] } }],
  ])('%s', async (_case, query, variables) => {
    const args = argsOf(query, variables);
    expect(validate(schema, args.document)).toEqual([]);
    const executor = await executorOf(args);
    expect(executor && json(await executor(args))).toEqual(json(await execute(args)));
  });

  it('runs the operation that is named, whichever of the document came first', async () => {
    const document = parse('query A { item { id } } query B { count }');
    for (const operationName of ['A', 'B', 'A']) {
      const args = { ...argsOf('{ count }', {}, operationName), document };
      const executor = await executorOf(args);
      expect(executor && json(await executor(args))).toEqual(json(await execute(args)));
    }
  });

  it.each([
    ['a name the document does not have', argsOf('query A { count }', {}, 'B')],
    ['no name where two could be meant', argsOf('query A { count } query B { count }')],
    ['an answer in pieces', argsOf('{ item { id ... @defer { name } } }')],
    ['an answer in pieces by a fragment', argsOf('{ item { ...f @defer } } fragment f on Item { name }')],
  ])('leaves %s to the usual executor', async (_case, args) => {
    expect(await executorOf(args)).toBeUndefined();
  });
});
