import { accountSelect, type AccountRow } from './account-columns.js';
import type { Database } from './database.js';
import type { Family } from './family.js';
import { asBoolean, asJson, asNumber, asText, decodeRows, type Columns } from './hot/decode.js';
import { selectionOf } from './hot/user-columns.js';
import type { JsonObject } from './json.js';

const accountSelection = selectionOf(accountSelect);

export type { AccountRow };

/** The accounts with these ActivityPub ids, in any order. */
export async function accountsByApIds(
  database: Database,
  apIds: readonly string[],
): Promise<AccountRow[]> {
  return accountsWhere(database, 'u.ap_id = any($1::varchar[])', apIds);
}

/** The accounts with these uuids, in any order. */
export async function accountsByIds(
  database: Database,
  ids: readonly string[],
): Promise<AccountRow[]> {
  return accountsWhere(database, 'u.id = any($1::uuid[])', ids);
}

async function accountsWhere(
  database: Database,
  condition: string,
  keys: readonly string[],
): Promise<AccountRow[]> {
  const { sql, columns } = accountSelection;
  return decodeRows<AccountRow>(
    await database.read(`select ${sql} from users u where ${condition}`, [keys], columns.length),
    columns,
  );
}

/** What account JSON tells beside the account: its instance as this one knows it, and what only one family has. */
export interface AccountExtras {
  /** uuid of the account. */
  readonly id: string;
  /** Akkoma only, as is `permitFollowback`. */
  readonly statusTtlDays: number | null;
  readonly permitFollowback: boolean;
  /** Pleroma only; null = never said. */
  readonly acceptsChatMessages: boolean | null;
  /** Pleroma only, and only when the account shows it; null there = none is set. */
  readonly birthday: string | null;
  readonly showsBirthday: boolean;
  /** Undefined when nothing is known of the instance. */
  readonly instance:
    | {
        readonly host: string;
        readonly favicon: string | null;
        readonly nodeinfo: JsonObject | null;
      }
    | undefined;
}

interface ExtrasRow extends Omit<AccountExtras, 'instance'> {
  readonly host: string | null;
  readonly favicon: string | null;
  readonly nodeinfo: JsonObject | null;
}

const extraColumns: Columns = [
  ['id', asText],
  ['host', asText],
  ['favicon', asText],
  ['statusTtlDays', asNumber],
  ['permitFollowback', asBoolean],
  ['nodeinfo', asJson],
  ['acceptsChatMessages', asBoolean],
  ['birthday', asText],
  ['showsBirthday', asBoolean],
];
/** On Pleroma, for a query that calls the table `u`; null for what is no day. */
export const birthdaySql = `case when isfinite(u.birthday) then to_char(u.birthday, 'YYYY-MM-DD') end`;
const extraSql: Readonly<Record<Family, string>> = {
  akkoma: 'u.status_ttl_days, u.permit_followback, i.nodeinfo, null::boolean, null::text, false',
  pleroma: `null::integer, false, null::jsonb, u.accepts_chat_messages,
    case when u.show_birthday then ${birthdaySql} end, u.show_birthday`,
};

/** The extras of these accounts, in any order. */
export async function accountExtras(
  database: Database,
  ids: readonly string[],
): Promise<AccountExtras[]> {
  const text = `select u.id, i.host, i.favicon, ${extraSql[database.family]}
    from users u left join instances i on i.host = split_part(split_part(u.ap_id, '/', 3), ':', 1) where u.id = any($1::uuid[])`;
  const rows = decodeRows<ExtrasRow>(
    await database.read(text, [ids], extraColumns.length),
    extraColumns,
  );
  return rows.map(({ host, favicon, nodeinfo, ...rest }) => ({
    ...rest,
    instance: host === null ? undefined : { host, favicon, nodeinfo },
  }));
}
