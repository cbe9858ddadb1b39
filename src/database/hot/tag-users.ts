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
 * An account's tags after the change: the old ones in their order, each once; new ones at the end. Who has at most one has none twice. `unnest`
 * reads in storage order (PostgreSQL, "Array Functions"), and nothing here but `group by` puts its rows in another.
 */
const after: Readonly<Record<TagChange['kind'], string>> = {
  tag: `case when coalesce(cardinality(t.tags), 0) < 2
    then coalesce(t.tags, '{}') || array(select g.tag from unnest($2::varchar[]) g(tag) where g.tag <> all (coalesce(t.tags, '{}')))
    else array(select g.tag from unnest(t.tags || $2::varchar[]) with ordinality as g(tag, place) group by g.tag order by min(g.place)) end`,
  untag: `array(select g.tag from unnest(t.tags) g(tag) where g.tag <> all ($2::varchar[]))`,
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

/** Of these columns the rows hold what they were changed to. */
const changing: readonly UserColumn[] = ['tags', 'updatedAt'];

function write(kind: TagChange['kind'], names: readonly UserColumn[]): Statement {
  const same = names.filter((name) => !changing.includes(name));
  const changed = changing.filter((name) => names.includes(name));
  const text = `
    with t as materialized (
      select ${userSelection([...new Set<UserColumn>([...names, 'id', 'isAdmin', 'tags'])]).sql} from users u where u.nickname = any($1::citext[]) order by u.id for update),
    verdict as (select count(*) = cardinality($1::citext[]) and not coalesce(bool_or(t.is_admin) and not $3::boolean, false) as fine from t),
    changed as (
      update users u set tags = n.tags, updated_at = $4::timestamp from (select t.id, ${after[kind]} as tags from t) n, verdict
      where verdict.fine and u.id = n.id and n.tags is distinct from coalesce(u.tags, '{}') returning u.id, u.tags, u.updated_at),
    logged as (insert into moderation_log (data, inserted_at, updated_at) select $5::jsonb, $4::timestamp, $4::timestamp from verdict where verdict.fine)
    select ${[userSelection(same).sql, ...changed.map(columnOf).map((column) => `coalesce(changed.${column}, u.${column})`)].join(', ')}
    from t u left join changed on changed.id = u.id cross join verdict where verdict.fine`;
  return { text, columns: userSelection([...same, ...changed]).columns };
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
