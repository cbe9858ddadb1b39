import type { Database } from '../database.js';
import type { UserRow } from '../users.js';
import { decodeRows, type Columns } from './decode.js';
import { columnOf, userSelection, type UserColumn } from './user-columns.js';

/** Tags to add to or take from accounts, and the log row that goes with it. */
interface TagChange {
  readonly kind: 'tag' | 'untag';
  /** Each once, in lower case. */
  readonly nicknames: readonly string[];
  /** Each once. */
  readonly tags: readonly string[];
  /** Whether accounts of admins may be among them. */
  readonly mayTouchAdmins: boolean;
  /** `moderation_log.data`. */
  readonly log: object;
  readonly now: Date;
  /** Of the rows to give; `nickname` must be among them. */
  readonly columns: readonly UserColumn[];
  readonly make: () => object;
}

/**
 * The tags of `u` after the change: the old ones in their order, each once; new ones at the end. `unnest` reads in storage order (PostgreSQL, "Array
 * Functions"), and nothing here puts its rows in another.
 */
const after: Readonly<Record<TagChange['kind'], string>> = {
  tag: `array(select g.tag from unnest(u.tags || $2::varchar[]) with ordinality g(tag, place) where g.tag <> all ((u.tags || $2::varchar[])[:g.place::int - 1]))`,
  untag: `array(select g.tag from unnest(u.tags) g(tag) where g.tag <> all ($2::varchar[]))`,
};

interface Statement {
  readonly text: string;
  /** Of the rows it gives. */
  readonly columns: Columns;
}

const statements: Readonly<Record<TagChange['kind'], WeakMap<readonly UserColumn[], Statement>>> = { tag: new WeakMap(), untag: new WeakMap() };

function statementOf(kind: TagChange['kind'], names: readonly UserColumn[]): Statement {
  const statement = statements[kind].get(names) ?? write(kind, names);
  statements[kind].set(names, statement);
  return statement;
}

const isChanged = `u.new_tags is distinct from coalesce(u.tags, '{}')`;

function write(kind: TagChange['kind'], names: readonly UserColumn[]): Statement {
  const columns = names.map((name) => (name === 'tags' ? 'u.new_tags' : name === 'updatedAt' ? `case when ${isChanged} then $4::timestamp else u.updated_at end` : `u.${columnOf(name)}`));
  const text = `
    with u as materialized (
      select ${userSelection([...new Set<UserColumn>([...names, 'id', 'isAdmin', 'tags'])]).sql}, ${after[kind]} as new_tags from users u where u.nickname = any($1::citext[]) order by u.id for update),
    verdict as materialized (select count(*) = cardinality($1::citext[]) and not coalesce(bool_or(u.is_admin) and not $3::boolean, false) as fine from u),
    changed as (update users account set tags = u.new_tags, updated_at = $4::timestamp from u where (select fine from verdict) and account.id = u.id and ${isChanged}),
    logged as (insert into moderation_log (data, inserted_at, updated_at) select $5::jsonb, $4::timestamp, $4::timestamp from verdict where fine)
    select ${columns.join(', ')} from u where (select fine from verdict)`;
  return { text, columns: userSelection(names).columns };
}

/**
 * Does it in one statement, which is one transaction: locks the accounts in id order, and only when all are there and none is spared
 * changes those whose tags become others and writes the log row.
 * @returns the accounts by nickname in lower case as they are now; undefined when nothing was done, for the caller to find out why; so within an
 * open transaction, of which it can be no part.
 */
export async function tagUsersAtOnce(database: Database, change: TagChange): Promise<Map<string, UserRow> | undefined> {
  if (database.isInTransaction) return undefined;
  const { kind, nicknames, tags, mayTouchAdmins, log, now, make } = change;
  const { text, columns } = statementOf(kind, change.columns);
  const rows = await database.execute(text, [nicknames, tags, mayTouchAdmins, now.toISOString().slice(0, 19), JSON.stringify(log)], columns.length);
  if (rows.length === 0) return undefined;
  return new Map(decodeRows<UserRow>(rows, columns, make).map((row) => [row.nickname?.toLowerCase() ?? '', row]));
}
