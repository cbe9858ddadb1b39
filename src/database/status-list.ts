import type { Transaction } from './database.js';
import { Prisma } from './generated/prisma/client.js';
import { objectOfActivity, statusColumns, type StatusRow } from './statuses.js';
import type { Stretch } from './user-list.js';

/** as:Public, the address everybody reads. */
export const publicAddress = 'https://www.w3.org/ns/activitystreams#Public';

/** Which statuses; all given criteria must hold. Statuses of deactivated accounts are never among them (facts/moderation.md §2.4). */
export interface StatusCriteria {
  /** ap_id of the author. */
  readonly author?: string | undefined;
  /** Host of the author. */
  readonly host?: string | undefined;
  readonly localOnly?: boolean | undefined;
  /** Boosts too. */
  readonly withReblogs?: boolean | undefined;
  /** Not only public and unlisted ones. */
  readonly godmode?: boolean | undefined;
}

const source = Prisma.sql`activities a
  join users u on u.ap_id = a.actor and u.is_active and not u.invisible
  join objects o on o.data->>'id' = ${objectOfActivity} and o.data->>'type' <> 'Answer'`;

function conditions({ host, localOnly = false, withReblogs = false, godmode = false }: StatusCriteria): Prisma.Sql[] {
  return [
    Prisma.sql`a.data->>'type' = any(${withReblogs ? ['Create', 'Announce'] : ['Create']}::text[])`,
    ...(godmode ? [] : [Prisma.sql`a.recipients && array[${publicAddress}]::varchar[]`]),
    ...(localOnly ? [Prisma.sql`a.local`] : []),
    ...(host === undefined ? [] : [Prisma.sql`split_part(a.actor, '/', 3) = ${host}`]),
  ];
}

function stretchConditions({ olderThan, newerThan }: Stretch): Prisma.Sql[] {
  return [
    ...(olderThan === undefined ? [] : [Prisma.sql`a.id < ${olderThan}::uuid`]),
    ...(newerThan === undefined ? [] : [Prisma.sql`a.id > ${newerThan}::uuid`]),
  ];
}

function page(criteria: StatusCriteria, stretch: Stretch, author: Prisma.Sql | undefined): Prisma.Sql {
  const where = [...conditions(criteria), ...stretchConditions(stretch), ...(author ? [Prisma.sql`a.actor = ${author}`] : [])];
  const order = stretch.reversed ? Prisma.sql`a.id asc nulls first` : Prisma.sql`a.id desc nulls last`;
  return Prisma.sql`select ${statusColumns} from ${source} where ${Prisma.join(where, ' and ')} order by ${order} limit ${stretch.limit} offset ${stretch.offset ?? 0}`;
}

/** One page of statuses, newest first (or from the other end), in one statement. */
export async function listStatuses(tx: Transaction, criteria: StatusCriteria, stretch: Stretch): Promise<StatusRow[]> {
  return tx.$queryRaw<StatusRow[]>(page(criteria, stretch, criteria.author === undefined ? undefined : Prisma.sql`${criteria.author}`));
}

/** The same page of each of several authors, in one statement; by author. */
export async function listStatusesOf(tx: Transaction, authors: readonly string[], criteria: StatusCriteria, stretch: Stretch): Promise<Map<string, StatusRow[]>> {
  const rows = await tx.$queryRaw<StatusRow[]>`
    select s.* from unnest(${[...authors]}::varchar[]) as author (ap_id) cross join lateral (${page(criteria, stretch, Prisma.sql`author.ap_id`)}) s`;
  const byAuthor = new Map<string, StatusRow[]>(authors.map((author) => [author, []]));
  for (const row of rows) byAuthor.get(row.actor)?.push(row);
  return byAuthor;
}

/** How many statuses match, whatever the page. Narrow it to an author or a host: without, it reads every status there is. */
export async function countStatuses(tx: Transaction, criteria: StatusCriteria): Promise<number> {
  const { author } = criteria;
  const where = [...conditions(criteria), ...(author === undefined ? [] : [Prisma.sql`a.actor = ${author}`])];
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`select count(*) as count from ${source} where ${Prisma.join(where, ' and ')}`;
  return Number(row?.count ?? 0);
}

/** How many each of several authors has. */
export async function countStatusesOf(tx: Transaction, authors: readonly string[], criteria: StatusCriteria): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ actor: string; count: bigint }[]>`
    select a.actor, count(*) as count from ${source} where ${Prisma.join(conditions(criteria), ' and ')} and a.actor = any(${[...authors]}::varchar[]) group by a.actor`;
  return new Map(rows.map(({ actor, count }) => [actor, Number(count)]));
}
