import { randomUUID } from 'node:crypto';
import { flakeFromUuid, newFlake } from '../../src/database/flake.js';
import { insertObject } from '../../src/database/activities.js';
import type { Json, JsonObject } from '../../src/database/json.js';
import { wholeSeconds } from '../../src/database/time.js';
import type { TestUser } from './maker.js';
import { baseUrl, type World } from './world.js';

export const everybody = 'https://www.w3.org/ns/activitystreams#Public';

/** A status made for a test. */
export interface TestStatus {
  /** uuid of the Create activity. */
  readonly id: string;
  /** The id clients see. */
  readonly databaseId: string;
  /** `objects.id`. */
  readonly objectId: bigint;
  /** ActivityPub ids of the object and of its Create. */
  readonly apId: string;
  readonly createApId: string;
}

export interface TestReport {
  readonly id: string;
  readonly databaseId: string;
  readonly context: string;
}

/** Builds statuses, what people do to them, and reports, as the instance would have stored them. */
export interface Posts {
  /** Public unless `to` and `cc` say otherwise. `object` adds keys to the object. */
  status(
    author: TestUser,
    options?: {
      readonly to?: readonly string[];
      readonly cc?: readonly string[];
      readonly object?: JsonObject;
      readonly hashtags?: readonly string[];
    },
  ): Promise<TestStatus>;
  /** An activity of `actor` about something, e.g. a Like; returns its uuid. */
  act(actor: TestUser, type: string, object: Json, extra?: JsonObject): Promise<string>;
  /** An open report of today's form, with snapshots. */
  report(
    reporter: TestUser,
    account: TestUser,
    statuses?: readonly TestStatus[],
    data?: JsonObject,
  ): Promise<TestReport>;
}

export function makePosts(world: World): Posts {
  const insert = async (
    data: JsonObject & { readonly actor: string },
    recipients: readonly string[],
    local: boolean,
  ): Promise<string> => {
    const time = wholeSeconds(new Date());
    const { id } = await world.database.prisma.activity.create({
      data: {
        id: newFlake(),
        data,
        actor: data.actor,
        local,
        recipients: [...recipients],
        insertedAt: time,
        updatedAt: time,
      },
      select: { id: true },
    });
    return id;
  };
  const idOf = (actor: TestUser, kind: string): string =>
    `${new URL(actor.apId).origin}/${kind}/${randomUUID()}`;
  const isLocal = (actor: TestUser): boolean => actor.apId.startsWith(baseUrl);
  return {
    async status(
      author,
      { to = [everybody], cc = [`${author.apId}/followers`], object = {}, hashtags = [] } = {},
    ) {
      const [apId, createApId, context] = [
        idOf(author, 'objects'),
        idOf(author, 'activities'),
        idOf(author, 'contexts'),
      ];
      const published = new Date().toISOString();
      const document = {
        id: apId,
        type: 'Note',
        actor: author.apId,
        to: [...to],
        cc: [...cc],
        context,
        content: 'words',
        summary: '',
        sensitive: null,
        tag: [...hashtags],
        attachment: [],
        emoji: {},
        published,
        ...object,
      };
      const objectId = await insertObject(world.database.prisma, document, new Date());
      for (const name of hashtags) {
        await world.database.prisma
          .$executeRaw`insert into hashtags (name, inserted_at, updated_at) values (${name}, timezone('UTC', now()), timezone('UTC', now())) on conflict (name) do nothing`;
        await world.database.prisma
          .$executeRaw`insert into hashtags_objects (hashtag_id, object_id) select id, ${objectId}::bigint from hashtags where name = ${name}`;
      }
      const recipients = [...new Set([...to, ...cc, author.apId])];
      const id = await insert(
        {
          id: createApId,
          type: 'Create',
          actor: author.apId,
          object: apId,
          to: [...to],
          cc: [...cc],
          context,
          published,
          directMessage: false,
        },
        recipients,
        isLocal(author),
      );
      if ([...to, ...cc].includes(everybody))
        await world.database.prisma.user.update({
          where: { id: author.id },
          data: { noteCount: { increment: 1 } },
          select: { id: true },
        });
      return { id, databaseId: flakeFromUuid(id), objectId, apId, createApId };
    },
    act: (actor, type, object, extra = {}) =>
      insert(
        {
          id: idOf(actor, 'activities'),
          type,
          actor: actor.apId,
          object,
          to: [everybody],
          cc: [],
          ...extra,
        },
        [everybody],
        isLocal(actor),
      ),
    async report(reporter, account, statuses = [], data = {}) {
      const context = `${baseUrl}/contexts/${randomUUID()}`;
      const snapshots = statuses.map(({ createApId }) => ({
        type: 'Note',
        id: createApId,
        content: 'words',
        published: '2026-01-01T00:00:00.000000Z',
        actor: { nickname: account.nickname },
      }));
      const document = {
        id: `${baseUrl}/activities/${randomUUID()}`,
        type: 'Flag',
        actor: reporter.apId,
        object: [account.apId, ...snapshots],
        content: 'rude',
        context,
        state: 'open',
        to: [],
        cc: [],
        published: '2026-01-01T00:00:00.000000Z',
        ...data,
      };
      const id = await insert(document, [], true);
      return { id, databaseId: flakeFromUuid(id), context };
    },
  };
}
