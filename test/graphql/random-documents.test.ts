import fc, { type GeneratorValue } from 'fast-check';
import { execute, getNamedType, isLeafType, isObjectType, parse, type GraphQLField } from 'graphql';
import { expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { builder } from '../../src/schema/builder.js';
import { schema } from '../../src/schema/index.js';
import { writeNote } from '../support/cases.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);

/** The schema as Pothos builds it, whose Prisma plugin reads every column of an account for itself, in rows of its own. */
const plainSchema = builder.toSchema();
const roots = ['users(first: 4)', 'users(last: 3, filter: { is: [LOCAL] })', 'user(by: { nickname: "author" })', 'user(by: { nickname: "far@away.example" })', 'reports(first: 3)', 'statuses(first: 3)', 'moderationLog(first: 3)'];
const directives = ['', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)', ' @skip(if: $no)'];
const deepest = 6;


const argumentsOf = ({ args, type }: GraphQLField<unknown, unknown>): string => (args.some((arg) => arg.name === 'first') && getNamedType(type).name.endsWith('Connection') ? '(first: 2)' : '');

/** A random selection on a type: some of its fields, now and then under another name, in a fragment, or behind @skip and @include. */
function selectionOf(g: GeneratorValue, typeName: string, depth: number): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return '';
  const usable = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)) || (depth > 1 && isObjectType(getNamedType(field.type))));
  const names = g(fc.subarray, usable.map(({ name }) => name), { maxLength: Math.min(6, usable.length) });
  const fields = usable.filter(({ name }) => names.includes(name)).map((field) => {
    const inner = getNamedType(field.type);
    const shape = isLeafType(inner) ? '' : ` { ${selectionOf(g, inner.name, depth - 1)} }`;
    const directive = g(() => fc.constantFrom(...directives));
    return `${field.name}${argumentsOf(field)}${directive}${shape}`;
  });
  const body = `__typename ${fields.join(' ')}`;
  return g(fc.boolean) ? `... on ${typeName} { ${body} }` : body;
}

function documentOf(g: GeneratorValue): string {
  const root = g(() => fc.constantFrom(...roots));
  const field = schema.getQueryType()?.getFields()[root.replace(/\(.*/, '')];
  const type = field ? getNamedType(field.type).name : '';
  return `query ($yes: Boolean!, $no: Boolean!) { __typename @include(if: $yes) other: __typename @skip(if: $no) ${root} { ${selectionOf(g, type, deepest)} } }`;
}

it('answers any document as plain execution over the Prisma plugin does', async () => {
  const [author, reporter] = [await world.user({ nickname: 'author', name: 'A "quoted" name, {braces}', tags: ['a', 'b,c', 'NULL'], avatar: { url: [{ href: 'https://home.example/a.png' }] } }), await world.user({ nickname: 'reporter', isActive: false })];
  const far = await world.user({ nickname: 'far@away.example', bio: '<b>far</b>', lastActiveAt: null });
  const status = await posts.status(author, { object: { summary: 'spoiler', sensitive: true } });
  const reply = await posts.status(far, { object: { inReplyTo: status.apId } });
  const report = await posts.report(reporter, author, [status, reply]);
  await posts.report(author, far, [reply]);
  await writeNote(world, world.admin, report, 'seen');
  const admin = await world.asAdmin();
  await admin.rest('PUT', '/api/v1/pleroma/admin/users/tag', { nicknames: ['author'], tags: ['x'] });
  const { id, nickname, apId } = world.admin;
  const variables = { yes: true, no: false };
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const query = documentOf(g);
      const answer = await admin.graphql(query, variables);
      if (answer.status === 400) return;
      const contextValue = { operation: createContext(world.source, { kind: 'account', id, nickname, apId, isAdmin: true, isModerator: false, scopes: 'all' }) };
      const plain = await execute({ schema: plainSchema, document: parse(query), contextValue, variableValues: variables });
      expect(answer.data, query).toEqual(JSON.parse(JSON.stringify(plain.data)));
    }),
    { numRuns: 60 },
  );
});
