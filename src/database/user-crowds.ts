import { hostForms } from '../lib/hosts.js';
import type { Transaction } from './database.js';
import { isDeletedAccount } from './deleted-accounts.js';
import { Prisma } from './generated/prisma/client.js';

/** What a task over very many accounts needs to know of each. */
export interface LockedAccount {
  readonly id: string;
  readonly nickname: string | null;
  readonly isActive: boolean;
}

/** Every remote account of exactly this host, given in its canonical form (with `subdomains` also of those below it), oldest first, locked. */
export function lockAccountsOfHost(
  tx: Transaction,
  host: string,
  subdomains: boolean,
): Promise<LockedAccount[]> {
  return tx.$queryRaw<LockedAccount[]>`
    select u.id::text as id, u.nickname::text as nickname, u.is_active as "isActive" from users u
    where not u.local and u.nickname is not null
      and exists (select from unnest(${[...hostForms(host)]}::text[]) h(host)
        where lower(split_part(u.nickname::text, '@', 2)) = h.host
          or (${subdomains}::boolean and right(lower(split_part(u.nickname::text, '@', 2)), length(h.host) + 1) = '.' || h.host))
    order by u.id for update`;
}

/** An account that the instance's own deletion of a host takes. */
export interface TakenAccount {
  readonly id: string;
  readonly nickname: string | null;
  /** Lower case; what stands behind the `@`. */
  readonly host: string;
}

/**
 * Every account that the instance's job takes for this spelling of a host, oldest first: it asks for nicknames
 * that hold `@` and the host anywhere, with `_` and `%` as wildcards.
 */
export function accountsTakenBy(tx: Transaction, host: string): Promise<TakenAccount[]> {
  return tx.$queryRaw<TakenAccount[]>`
    select u.id::text as id, u.nickname::text as nickname,
      lower(substr(u.nickname::text, strpos(u.nickname::text, '@') + 1)) as host
    from users u where u.nickname::text ilike '%@' || ${host}::text || '%' order by u.id`;
}

/** Deactivates accounts, whatever is to be done besides. */
export async function deactivate(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`update users set is_active = false, updated_at = ${now}::timestamp where id = any(${[...ids]}::uuid[]) and is_active`;
}

/**
 * The regular, active accounts of this instance (docs/instance/accounts.md#shell-tasks,
 * docs/documented-api.md#where-the-documents-and-the-programs-differ), oldest first, locked: no
 * staff, none that is
 * invisible, internal or deactivated.
 */
export function lockRegularAccounts(
  tx: Transaction,
  only: { readonly isConfirmed?: boolean | undefined },
): Promise<LockedAccount[]> {
  return tx.$queryRaw<LockedAccount[]>`
    select u.id::text as id, u.nickname::text as nickname, u.is_active as "isActive" from users u
    where u.local and u.is_active and not u.is_admin and not u.is_moderator and not u.invisible and u.nickname is not null and u.nickname::text not like 'internal.%'
      and not ${Prisma.raw(isDeletedAccount('u'))}
      and (${only.isConfirmed ?? null}::boolean is null or u.is_confirmed = ${only.isConfirmed ?? null}::boolean)
    order by u.id for update`;
}

/** Confirms accounts, and nothing else. */
export async function confirm(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  await tx.$executeRaw`update users set is_confirmed = true, confirmation_token = null, updated_at = ${now}::timestamp where id = any(${[...ids]}::uuid[])`;
}

/** Gives each of these accounts a confirmation token of its own and makes it unconfirmed. */
export async function unconfirm(
  tx: Transaction,
  ids: readonly string[],
  tokens: readonly string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update users u set is_confirmed = false, confirmation_token = t.token, updated_at = ${now}::timestamp
    from unnest(${[...ids]}::uuid[], ${[...tokens]}::text[]) t(id, token) where u.id = t.id`;
}
