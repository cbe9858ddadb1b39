import { isInputObjectType } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { flakeFromUuid } from '../../src/database/flake.js';
import { schema } from '../../src/schema/index.js';
import type { Client, GraphQLAnswer } from '../support/client.js';
import { family } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
let admin: Client;

beforeEach(async () => {
  admin = await world.asAdmin();
});

interface Refusal {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly inputPath?: readonly string[] };
}

const refusalOf = ({ errors }: GraphQLAnswer) => {
  const [error] = (errors ?? []) as readonly Refusal[];
  return { code: error?.extensions?.code, inputPath: error?.extensions?.inputPath };
};

/** Every optional text and list of every filter, each with what a form sends for it when nothing was typed. */
const blanks = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const type = schema.getType(String(field.args.find(({ name }) => name === 'filter')?.type));
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((input): [string, string, string, unknown][] => {
    const written = String(input.type);
    const isText = ['String', 'ID'].includes(written.replace(/[[\]!]/g, ''));
    const values: unknown[] = written.startsWith('[')
      ? [[], isText ? ['', ' '] : []]
      : isText
        ? ['', '  ']
        : [];
    return values.map((value) => [field.name, input.name, type.name, value]);
  });
});

describe('what a form leaves empty is not given', () => {
  it('this tries the filters there are', () => {
    expect(new Set(blanks.map(([field]) => field))).toEqual(
      new Set(['configEntries', 'invites', 'moderationLog', 'oauthApps', 'statuses', 'users']),
    );
  });

  it.each(blanks)('%s(filter: { %s })', async (field, input, type, value) => {
    await world.user({ nickname: 'alice', email: 'alice@home.example', tags: ['x'] });
    const ask = (filter: unknown) =>
      admin.data(
        `query ($filter: ${type}) { ${field}(filter: $filter) { nodes { __typename } } }`,
        { filter },
      );
    expect(await ask({ [input]: value })).toEqual(await ask({}));
  });

  it('a blank cursor is the beginning, of any list and either way', async () => {
    await world.user({ nickname: 'alice' });
    for (const field of [
      'announcements',
      'configEntries',
      'invites',
      'moderationLog',
      'oauthApps',
      'reports',
      ...(family === 'pleroma' ? ['rules'] : []),
      'statuses',
      'users',
    ]) {
      const all = await admin.data(
        `{ ${field}(first: 1) { pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      );
      expect(
        await admin.data(
          `{ ${field}(first: 1, after: "", before: "") { pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
        ),
      ).toEqual(all);
    }
    expect(
      await admin.data(
        '{ user(by: { nickname: "alice" }) { statuses(after: "") { nodes { id } } } }',
      ),
    ).toEqual({ user: { statuses: { nodes: [] } } });
  });

  it('spaces around a text of a filter are none of it', async () => {
    await world.user({ nickname: 'alice', name: 'Alice Liddell', email: 'alice@home.example' });
    for (const filter of [
      { search: ' alice ' },
      { name: ' Alice Liddell' },
      { email: ' alice@home.example ' },
    ]) {
      expect(
        await admin.data('query ($f: UserFilter) { users(filter: $f) { nodes { nickname } } }', {
          f: filter,
        }),
      ).toEqual({ users: { nodes: [{ nickname: 'alice' }] } });
    }
  });
});

describe('a refusal names the place of the argument', () => {
  it.each([
    [
      '{ reports(filter: { account: { nickname: "nobody" } }) { totalCount } }',
      'NOT_FOUND',
      ['filter', 'account', 'nickname'],
    ],
    [
      '{ reports(filter: { account: { nickname: "nobody" } }) { nodes { id } } }',
      'NOT_FOUND',
      ['filter', 'account', 'nickname'],
    ],
    [
      '{ reports(filter: { reporter: { nickname: "nobody" } }) { nodes { id } } }',
      'NOT_FOUND',
      ['filter', 'reporter', 'nickname'],
    ],
    [
      '{ statuses(filter: { author: { databaseId: "nobody" } }) { nodes { id } } }',
      'NOT_FOUND',
      ['filter', 'author', 'databaseId'],
    ],
    [
      `{ users(filter: { search: "${'x'.repeat(1_001)}" }) { nodes { id } } }`,
      'INVALID',
      ['filter', 'search'],
    ],
    [
      `{ users(filter: { search: "${'x'.repeat(10_001)}" }) { totalCount } }`,
      'INVALID',
      ['filter', 'search'],
    ],
    [
      `{ users(filter: { tags: ["a", "${'x'.repeat(10_001)}"] }) { totalCount } }`,
      'INVALID',
      ['filter', 'tags', '1'],
    ],
    [
      `{ moderationLog(filter: { target: "${'x'.repeat(1_001)}" }) { nodes { id } } }`,
      'INVALID',
      ['filter', 'target'],
    ],
    [
      '{ moderationLog(filter: { action: "nothing" }) { nodes { id } } }',
      'INVALID',
      ['filter', 'action'],
    ],
    [
      '{ moderationLog(filter: { action: "nothing" }) { totalCount } }',
      'INVALID',
      ['filter', 'action'],
    ],
    [
      '{ moderationLog(filter: { actorId: "no id!" }) { nodes { id } } }',
      'INVALID',
      ['filter', 'actorId'],
    ],
    [
      `{ moderationLog(filter: { actorId: "${Buffer.from('Report:00000000-0000-0000-0000-000000000000').toString('base64')}" }) { nodes { id } } }`,
      'INVALID',
      ['filter', 'actorId'],
    ],
    [
      `{ user(by: { databaseId: "${'x'.repeat(10_001)}" }) { id } }`,
      'INVALID',
      ['by', 'databaseId'],
    ],
    [
      `{ report(by: { databaseId: "${'x'.repeat(10_001)}" }) { id } }`,
      'INVALID',
      ['by', 'databaseId'],
    ],
    ['{ users(after: "no cursor") { nodes { id } } }', 'INVALID', ['after']],
    ['{ users(first: 500) { nodes { id } } }', 'INVALID', ['first']],
  ])('%s', async (document, code, inputPath) => {
    expect(refusalOf(await admin.graphql(document))).toEqual({ code, inputPath });
  });

  it('of a size: which field it is of, and where that stands', async () => {
    const { errors } = await admin.graphql(
      '{ users { totalCount } statuses(first: 500) { totalCount } }',
    );
    expect(errors).toMatchObject([
      {
        message: 'first of statuses must be 1 to 100, not 500.',
        locations: [{ line: 1, column: 24 }],
      },
    ]);
  });
});

it('the log is narrowed by either kind of id', async () => {
  const alice = await world.user({ nickname: 'alice' });
  await admin.data(
    'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["x"] }) { errors { code } } }',
  );
  await admin.data(
    'mutation { usersDeactivate(input: { users: [{ nickname: "alice" }] }) { errors { code } } }',
  );
  const globalId = (id: string): string => Buffer.from(`User:${id}`).toString('base64');
  const actions = async (filter: unknown) =>
    (
      await admin.data<{ moderationLog: { nodes: { action: string }[] } }>(
        'query ($f: ModerationLogFilter) { moderationLog(filter: $f) { nodes { action } } }',
        { f: filter },
      )
    ).moderationLog.nodes.map(({ action }) => action);
  for (const id of [globalId(world.admin.id), flakeFromUuid(world.admin.id)])
    expect(await actions({ actorId: id })).toEqual(['deactivate', 'tag']);
  for (const id of [globalId(alice.id), flakeFromUuid(alice.id)]) {
    expect(await actions({ target: id })).toEqual(['deactivate']);
    expect(await actions({ actorId: id })).toEqual([]);
  }
  expect(await actions({ action: 'tag' })).toEqual(['tag']);
});

describe('all faults of an input are told in one round', () => {
  it('usersTag: unknown accounts and tags that are too long', async () => {
    const answer = await world.expectUnchanged(() =>
      admin.data(
        'mutation ($tags: [String!]!) { usersTag(input: { users: [{ nickname: "nobody" }, { nickname: "admin" }], tags: $tags }) { errors { code path } } }',
        { tags: ['x'.repeat(256), 'y', 'z'.repeat(256)] },
      ),
    );
    expect(answer).toEqual({
      usersTag: {
        errors: [
          { code: 'NOT_FOUND', path: ['users', '0', 'nickname'] },
          { code: 'INVALID', path: ['tags', '0'] },
          { code: 'INVALID', path: ['tags', '2'] },
        ],
      },
    });
  });

  it('usersCreate: taken names, malformed addresses and missing passwords', async () => {
    await world.user({ nickname: 'alice', email: 'alice@home.example' });
    const users = [
      { nickname: 'alice', email: 'no address', password: 'long enough' },
      { nickname: 'bob', email: 'alice@home.example', password: '' },
      { nickname: 'b o b', password: 'long enough' },
    ];
    const answer = await world.expectUnchanged(() =>
      admin.data<{ usersCreate: { errors: { code: string; path: string[] }[] } }>(
        'mutation ($users: [NewUser!]!) { usersCreate(input: { users: $users }) { errors { code path } } }',
        { users },
      ),
    );
    expect(
      answer.usersCreate.errors.map(({ code, path }) => `${code} ${path.join('.')}`).sort(),
    ).toEqual([
      'INVALID users.0.email',
      'INVALID users.1.password',
      'INVALID users.2.nickname',
      'TAKEN users.0.nickname',
      'TAKEN users.1.email',
    ]);
  });
});
