import { expect, it } from 'vitest';
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { schema } from '../../src/schema/index.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);

interface Reports {
  readonly reports: {
    readonly nodes: readonly { readonly statuses: readonly { readonly status: unknown }[] }[];
  };
}

const type = schema.getType('Status');
/** Fields that say what they look at, and how each is selected. */
const partial = isObjectType(type)
  ? Object.values(type.getFields())
      .filter(({ extensions }) => 'objectKeys' in extensions)
      .map((field): [string, string] => [
        field.name,
        isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { id }`,
      ])
  : [];

it('reads but parts of posts for some fields, or this test tries nothing', () => {
  expect(partial).toContainEqual(['content', 'content']);
  expect(partial.length).toBeGreaterThan(10);
});

it.each(partial)(
  'Status.%s reads of a reported post all it looks at (src/schema/columns.ts)',
  async (_name, selection) => {
    const author = await world.user({ nickname: 'author' });
    const first = await posts.status(author);
    const told = await posts.status(author, {
      object: {
        summary: 'spoiler',
        sensitive: true,
        published: '2020-02-03T04:05:06.789012Z',
        updated: '2021-02-03T04:05:06Z',
        source: { content: 'typed' },
        contentMap: { de: 'Hallo' },
        inReplyTo: first.apId,
        like_count: 3,
        announcement_count: 4,
        repliesCount: 5,
        context: 'https://home.example/contexts/1',
      },
    });
    const bare = await posts.status(author, { object: { content: null, published: null } });
    const gone = await posts.status(author);
    await world.database.pool.query('delete from objects where id = $1', [gone.objectId]);
    await posts.report(world.admin, author, [told, bare, gone]);
    const admin = await world.asAdmin();
    const shown = await admin.data<Reports>(
      `{ reports { nodes { statuses { status { ${selection} } } } } }`,
    );
    const whole = await Promise.all(
      [told, bare].map(({ databaseId }) =>
        admin.data<{ status: unknown }>(
          `{ status(by: { databaseId: "${databaseId}" }) { ${selection} } }`,
        ),
      ),
    );
    expect(shown.reports.nodes[0]?.statuses.map((reported) => reported.status)).toEqual([
      ...whole.map((answer) => answer.status),
      null,
    ]);
  },
);
