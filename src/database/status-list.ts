import type { Database, Transaction } from './database.js';
import { hostForms } from '../lib/hosts.js';
import { Prisma } from './generated/prisma/client.js';
import { objectOfActivity, statusColumns, type StatusRow } from './statuses.js';
import type { Stretch } from './user-list.js';

/** as:Public, the address everybody reads. */
export const publicAddress = 'https://www.w3.org/ns/activitystreams#Public';

/**
 * Which statuses; all given criteria must hold. Statuses of deactivated accounts are never among
 * them (docs/instance/moderation.md#listing-statuses).
 */
export interface StatusCriteria {
  /** ap_id of the author. */
  readonly author?: string | undefined;
  /** Host of the author, in its canonical form. */
  readonly host?: string | undefined;
  readonly localOnly?: boolean | undefined;
  /** Boosts too. */
  readonly withReblogs?: boolean | undefined;
  /** Not only public and unlisted ones. */
  readonly godmode?: boolean | undefined;
}

/** Where statuses are read from; which indexes there are differs by family. */
type StatusSource = Pick<Database, 'prisma' | 'family'>;

const source = Prisma.sql`activities a
  join users u on u.ap_id = a.actor and u.is_active and not u.invisible
  join objects o on o.data->>'id' = ${objectOfActivity} and o.data->>'type' <> 'Answer'`;

function conditions({
  host,
  localOnly = false,
  withReblogs = false,
  godmode = false,
}: StatusCriteria): Prisma.Sql[] {
  return [
    Prisma.sql`a.data->>'type' = any(${withReblogs ? ['Create', 'Announce'] : ['Create']}::text[])`,
    ...(godmode ? [] : [Prisma.sql`a.recipients && array[${publicAddress}]::varchar[]`]),
    ...(localOnly ? [Prisma.sql`a.local`] : []),
    ...(host === undefined ? [] : [isOnHost(Prisma.sql`a.actor`, host)]),
  ];
}

/** Whether the account at this ap_id lives on the host, whichever way the row spells it. */
function isOnHost(apId: Prisma.Sql, host: string): Prisma.Sql {
  const [form, ...others] = hostForms(host);
  const place = Prisma.sql`split_part(${apId}, '/', 3)`;
  if (others.length === 0) return Prisma.sql`${place} = ${form}`;
  return Prisma.sql`${place} = any(${[form, ...others]}::text[])`;
}

function stretchConditions({ olderThan, newerThan }: Stretch): Prisma.Sql[] {
  return [
    ...(olderThan === undefined ? [] : [Prisma.sql`a.id < ${olderThan}::uuid`]),
    ...(newerThan === undefined ? [] : [Prisma.sql`a.id > ${newerThan}::uuid`]),
  ];
}

function page(
  criteria: StatusCriteria,
  stretch: Stretch,
  author: Prisma.Sql | undefined,
): Prisma.Sql {
  const where = [
    ...conditions(criteria),
    ...stretchConditions(stretch),
    ...(author ? [Prisma.sql`a.actor = ${author}`] : []),
  ];
  const order = stretch.reversed
    ? Prisma.sql`a.id asc nulls first`
    : Prisma.sql`a.id desc nulls last`;
  return Prisma.sql`select ${statusColumns} from ${source} where ${Prisma.join(where, ' and ')} order by ${order} limit ${stretch.limit} offset ${stretch.offset ?? 0}`;
}

/** One page of statuses, newest first (or from the other end), in one statement. */
export async function listStatuses(
  { prisma, family }: StatusSource,
  criteria: StatusCriteria,
  stretch: Stretch,
): Promise<StatusRow[]> {
  const { author, host, ...rest } = criteria;
  if (author !== undefined)
    return prisma.$queryRaw<StatusRow[]>(page(criteria, stretch, Prisma.sql`${author}`));
  return prisma.$queryRaw<StatusRow[]>(
    host === undefined || family === 'akkoma'
      ? page(criteria, stretch, undefined)
      : pageOfHost(host, rest, stretch),
  );
}

/** Pleroma has no index on the host of an activity: each author's newest are taken by the index on authors, and the newest of those. */
function pageOfHost(
  host: string,
  criteria: StatusCriteria,
  { reversed, offset = 0, limit, ...stretch }: Stretch,
): Prisma.Sql {
  const ofEach = page(
    criteria,
    { ...stretch, reversed, limit: offset + limit },
    Prisma.sql`author.ap_id`,
  );
  const order = reversed ? Prisma.sql`asc` : Prisma.sql`desc`;
  return Prisma.sql`
    select s.* from users author cross join lateral (${ofEach}) s where ${isOnHost(Prisma.sql`author.ap_id`, host)}
    order by s.id::uuid ${order} limit ${limit} offset ${offset}`;
}

/** The same page of each of several authors, in one statement; by author. */
export async function listStatusesOf(
  tx: Transaction,
  authors: readonly string[],
  criteria: StatusCriteria,
  stretch: Stretch,
): Promise<Map<string, StatusRow[]>> {
  const rows = await tx.$queryRaw<StatusRow[]>`
    select s.* from unnest(${[...authors]}::varchar[]) as author (ap_id) cross join lateral (${page(criteria, stretch, Prisma.sql`author.ap_id`)}) s`;
  const byAuthor = new Map<string, StatusRow[]>(authors.map((author) => [author, []]));
  for (const row of rows) if (row.actor !== null) byAuthor.get(row.actor)?.push(row);
  return byAuthor;
}

/** How many statuses match, whatever the page. Narrow it to an author or a host: without, it reads every status there is. */
export function countStatuses(database: Database, criteria: StatusCriteria): Promise<number> {
  const { author, host, ...rest } = criteria;
  const where = [
    ...conditions(criteria),
    ...(author === undefined ? [] : [Prisma.sql`a.actor = ${author}`]),
  ];
  const { text, values } =
    author === undefined && host !== undefined && database.family === 'pleroma'
      ? manyOfHost(host, rest)
      : Prisma.sql`${source} where ${Prisma.join(where, ' and ')}`;
  return database.count(text, values);
}

/**
 * Without an index on the host, by the indexes on authors and on objects. `offset 0` and the subquery keep PostgreSQL from making joins of
 * them, which it would begin by reading both tables whole.
 */
function manyOfHost(host: string, criteria: StatusCriteria): Prisma.Sql {
  return Prisma.sql`
    users u cross join lateral (select a.data from activities a where a.actor = u.ap_id and ${Prisma.join(conditions(criteria), ' and ')} offset 0) a
    where ${isOnHost(Prisma.sql`u.ap_id`, host)} and u.is_active and not u.invisible
      and (select o.data->>'type' <> 'Answer' from objects o where o.data->>'id' = ${objectOfActivity})`;
}

/** How many each of several authors has. */
export async function countStatusesOf(
  tx: Transaction,
  authors: readonly string[],
  criteria: StatusCriteria,
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ actor: string; count: bigint }[]>`
    select a.actor, count(*) as count from ${source} where ${Prisma.join(conditions(criteria), ' and ')} and a.actor = any(${[...authors]}::varchar[]) group by a.actor`;
  return new Map(rows.map(({ actor, count }) => [actor, Number(count)]));
}
