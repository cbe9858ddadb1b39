import { hostForms, parseHandle } from '../lib/hosts.js';
import { userSelect } from './account-columns.js';
import type { Database, Transaction } from './database.js';
import { uuidFromFlake } from './flake.js';
import { isDeletedAccount } from './deleted-accounts.js';
import { Prisma } from './generated/prisma/client.js';
import { decodeRows } from './hot/decode.js';
import { selectionOf } from './hot/user-columns.js';

/** {@link userSelect} for a statement of our own. */
export const userSelection = selectionOf(userSelect);

export type UserRow = Prisma.UserGetPayload<{ select: typeof userSelect }>;

/**
 * How a caller names an account. `name` is what a path segment holds: an id when it can be one,
 * else a nickname (docs/instance/accounts.md#looking-accounts-up).
 */
export type UserReference =
  { readonly databaseId: string } | { readonly nickname: string } | { readonly name: string };

interface Candidates {
  readonly ids: readonly string[];
  readonly nicknames: readonly string[];
}

/**
 * What a reference may mean, best first: a nickname as it is given, then what the handle in it means, however its host is spelled. A local
 * user may also be named with the instance's own host.
 */
export function candidatesOf(reference: UserReference, ownHost: string): Candidates {
  if ('databaseId' in reference)
    return { ids: listOf(uuidFromFlake(reference.databaseId)), nicknames: [] };
  const nickname = 'name' in reference ? reference.name : reference.nickname;
  const ids = 'name' in reference ? listOf(uuidFromFlake(nickname)) : [];
  return {
    ids,
    nicknames: plainNickname.test(nickname)
      ? [nickname]
      : [...new Set([nickname, ...nicknamesOf(nickname, ownHost)])],
  };
}

/** What needs no parser: most references are such. */
const plainNickname = /^[\w-]+$/;

function nicknamesOf(text: string, ownHost: string): string[] {
  const handle = parseHandle(text);
  if (!handle) return [];
  const { name, host } = handle;
  if (host === undefined || host === ownHost.toLowerCase()) return [name];
  return hostForms(host).map((form) => `${name}@${form}`);
}

/** An account somebody named, and whether nothing is left of it but its row. */
export interface FoundAccount {
  readonly user: UserRow;
  readonly isDeleted: boolean;
}

/**
 * Finds accounts by reference in one statement, in the order asked; undefined where there is none. Nicknames match without regard to
 * case, an id goes before a nickname.
 * @param lock takes the row locks (in id order, so that two calls never wait for each other) until the transaction ends.
 */
export async function findAccounts(
  tx: Transaction,
  references: readonly UserReference[],
  ownHost: string,
  lock = false,
): Promise<(FoundAccount | undefined)[]> {
  const wanted = references.map((reference) => candidatesOf(reference, ownHost));
  const ids = wanted.flatMap((candidates) => candidates.ids);
  const nicknames = wanted.flatMap((candidates) => candidates.nicknames);
  if (lock) {
    await tx.$queryRaw`select id from users where id = any(${ids}::uuid[]) or nickname = any(${nicknames}::citext[]) order by id for update`;
  }
  const found = await tx.$queryRaw<{ id: string; nickname: string | null; isDeleted: boolean }[]>`
    select u.id::text, lower(u.nickname::text) as nickname, ${Prisma.raw(isDeletedAccount('u'))} as "isDeleted"
    from users u where u.id = any(${ids}::uuid[]) or u.nickname = any(${nicknames}::citext[])`;
  const rows = await usersByIds(
    tx,
    found.map((row) => row.id),
  );
  const byId = new Map(
    rows.map((row) => [
      row.id,
      { user: row, isDeleted: found.find(({ id }) => id === row.id)?.isDeleted === true },
    ]),
  );
  const byNickname = new Map(found.map((row) => [row.nickname, byId.get(row.id)]));
  return wanted.map((candidates) => {
    const matches = [
      ...candidates.ids.map((id) => byId.get(id)),
      ...candidates.nicknames.map((nickname) => byNickname.get(nickname.toLowerCase())),
    ];
    return matches.find((row) => row !== undefined);
  });
}

/** The same, of deleted accounts their rows too. */
export async function findUsers(
  tx: Transaction,
  references: readonly UserReference[],
  ownHost: string,
): Promise<(UserRow | undefined)[]> {
  return (await findAccounts(tx, references, ownHost)).map((found) => found?.user);
}

/**
 * One account by reference in one prepared statement; undefined where there is none. Matches as {@link findUsers} does.
 * @param ownHost asked only when a name has a host.
 */
export async function findUser(
  database: Database,
  reference: UserReference,
  ownHost: () => Promise<string>,
): Promise<UserRow | undefined> {
  const hasHost = Object.values(reference).some((text: string) => /[@/]/.test(text));
  const { ids, nicknames } = candidatesOf(reference, hasHost ? await ownHost() : 'none');
  const { sql, columns } = userSelection;
  const byNickname = 'u.nickname = any((select $1::citext[])::citext[])'; // without the inner select, PostgreSQL plans anew for each length of the list
  const [where, values] =
    ids.length === 0
      ? [byNickname, [nicknames]]
      : [`${byNickname} or u.id = any((select $2::uuid[])::uuid[])`, [nicknames, ids]];
  const rows = decodeRows<UserRow>(
    await database.read(`select ${sql} from users u where ${where}`, values, columns.length),
    columns,
  );
  if (rows.length < 2) return rows[0];
  const byName = (nickname: string): UserRow | undefined =>
    rows.find((row) => row.nickname?.toLowerCase() === nickname.toLowerCase());
  return (
    rows.find(({ id }) => ids.includes(id)) ??
    nicknames.map(byName).find((row) => row !== undefined)
  );
}

/** These accounts as they are now, in the order of the ids. */
export async function usersByIds(tx: Transaction, ids: readonly string[]): Promise<UserRow[]> {
  const rows = await tx.user.findMany({ where: { id: { in: [...ids] } }, select: userSelect });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

/** Gives each of these accounts the tags it comes with, in one statement. */
export async function storeTags(
  tx: Transaction,
  accounts: readonly { readonly id: string; readonly tags: readonly string[] }[],
  now: Date,
): Promise<void> {
  if (accounts.length === 0) return;
  await tx.$executeRaw`
    update users u set tags = t.tags, updated_at = ${now}::timestamp
    from jsonb_to_recordset(${JSON.stringify(accounts.map(({ id, tags }) => ({ id, tags })))}::jsonb)
      t(id uuid, tags varchar[])
    where u.id = t.id`;
}

/** The accounts with these ActivityPub ids, in any order. */
export function usersByApIds(tx: Transaction, apIds: readonly string[]): Promise<UserRow[]> {
  return tx.user.findMany({ where: { apId: { in: [...apIds] } }, select: userSelect });
}

function listOf<Item>(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item];
}
