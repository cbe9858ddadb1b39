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
/** Its fields without a selection of their own. */
const plain = isObjectType(type)
  ? Object.values(type.getFields())
      .filter((field) => isLeafType(getNamedType(field.type)))
      .map(({ name }) => name)
  : [];

it.each(plain)(
  'Status.%s of a reported post is what the post shows when asked for alone',
  async (selection) => {
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
