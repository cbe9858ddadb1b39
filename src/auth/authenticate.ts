import type { Pool } from 'pg';
import type { Database } from '../database/database.js';
import {
  asBoolean,
  asText,
  asTexts,
  asTime,
  decodeRows,
  type Columns,
} from '../database/hot/decode.js';
import { maxTime } from '../database/time.js';
import { AccessError } from '../errors.js';
import type { Actor } from './actor.js';
import type { Attempts } from './attempts.js';
import { verifyPasswordOf } from './password.js';
import { sameSecret } from './secret.js';

/** Ways in: the headers of a request, and which of them the settings open. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly adminToken: string | undefined;
  /** Who asks: attempts are counted by it. */
  readonly address: string;
}

export interface WaysIn {
  /** The secret of `x-admin-token`; absent = closed. */
  readonly adminSecret: string | undefined;
  readonly basicAuth: boolean;
  readonly attempts: Attempts;
}

/** Where accounts are looked up. */
export type AccountSource = Pick<Database, 'pool' | 'family' | 'read'>;

interface AccountRow {
  readonly id: string;
  readonly nickname: string;
  readonly ap_id: string;
  readonly is_admin: boolean;
  readonly is_moderator: boolean;
  readonly is_stale: boolean;
}

/** With the token that names it. */
interface TokenAccountRow extends AccountRow {
  readonly scopes: string[];
  /** `infinity` reads as the end of the calendar. */
  readonly valid_until: Date;
}

/**
 * Only accounts whose status is "active" get in (docs/instance/accounts.md#account-status,
 * docs/instance/oauth.md#bearer-tokens); never internal ones.
 */
const activeAccount = `u.is_active and not u.password_reset_pending and (not u.local or (u.is_approved and u.is_confirmed)) and u.nickname is not null`;
const accountColumns = `u.id, u.nickname::text, u.ap_id, u.is_admin, u.is_moderator,
  u.local and (u.last_active_at is null or u.last_active_at <= timezone('UTC', now()) - interval '24 hours') as is_stale`;

/**
 * Who is asking? Looked up at every request, never cached: a revoked token or role is refused on the next one.
 * @returns undefined for no or a bad credential.
 * @throws ThrottledError after too many wrong secrets or passwords from one address, whatever comes then.
 * @throws AccessError when the password is right but the account has two factors
 * (docs/instance/oauth.md#http-basic).
 */
export async function authenticate(
  database: AccountSource,
  credentials: Credentials,
  ways: WaysIn,
): Promise<Actor | undefined> {
  const { address } = credentials;
  const bearer = /^bearer:?\s+(\S+)\s*$/i.exec(credentials.authorization ?? '')?.[1];
  if (bearer !== undefined) return byToken(database, bearer);
  const basic = /^basic\s+([A-Za-z0-9+/]+=*)\s*$/i.exec(credentials.authorization ?? '')?.[1];
  if (basic !== undefined && ways.basicAuth)
    return ways.attempts.count('password', address, () =>
      byPassword(database, Buffer.from(basic, 'base64').toString('utf8')),
    );
  const { adminToken } = credentials;
  const { adminSecret } = ways;
  if (!adminToken || adminSecret === undefined) return undefined;
  return ways.attempts.count('secret', address, () =>
    Promise.resolve(sameSecret(adminToken, adminSecret) ? { kind: 'secret' } : undefined),
  );
}

const accountByToken = `select ${accountColumns}, t.scopes, t.valid_until
  from oauth_tokens t join users u on u.id = t.user_id
  where t.token = $1 and t.valid_until > timezone('UTC', now()) and ${activeAccount}`;
const tokenColumns: Columns = [
  ['id', asText],
  ['nickname', asText],
  ['ap_id', asText],
  ['is_admin', asBoolean],
  ['is_moderator', asBoolean],
  ['is_stale', asBoolean],
  ['scopes', asTexts],
  ['valid_until', asTime],
];

async function byToken(database: AccountSource, token: string): Promise<Actor | undefined> {
  const [row] = decodeRows<TokenAccountRow>(
    await database.read(accountByToken, [token], tokenColumns.length),
    tokenColumns,
  );
  if (!row) return undefined;
  const { scopes, valid_until: end } = row;
  return accountActor(database.pool, row, scopes, end < maxTime ? end : undefined);
}

async function byPassword(
  { pool, family }: AccountSource,
  pair: string,
): Promise<Actor | undefined> {
  const colon = pair.indexOf(':');
  if (colon < 1 || pair.includes('\0')) return undefined;
  const { rows } = await pool.query<
    AccountRow & { password_hash: string | null; has_mfa: boolean }
  >({
    text: `select ${accountColumns}, u.password_hash,
             coalesce(u.multi_factor_authentication_settings->>'enabled', 'false') <> 'false' as has_mfa
           from users u where (u.nickname = $1 or u.email = $1) and u.local and ${activeAccount}
           order by u.nickname = $1 desc limit 1`,
    values: [pair.slice(0, colon)],
  });
  const [row] = rows;
  const isRight = await verifyPasswordOf(
    row && { passwordHash: row.password_hash },
    pair.slice(colon + 1),
    family,
  );
  if (!row || !isRight) return undefined;
  if (row.has_mfa)
    throw new AccessError(
      'FORBIDDEN',
      'Two-factor authentication enabled, you must use a access token.',
    );
  return accountActor(pool, row, 'all');
}

const noteUse = `update users set last_active_at = timezone('UTC', now()), updated_at = timezone('UTC', now())
  where id = (select id from users where id = $1 for update skip locked)`;

/**
 * The instance notes once a day that an account is in use
 * (docs/instance/oauth.md#tracking-of-activity). Whoever asks is let in all the same where that
 * cannot be written: the database takes no writes, or somebody else is changing the account.
 */
async function accountActor(
  pool: Pool,
  row: AccountRow,
  scopes: readonly string[] | 'all',
  tokenExpiresAt?: Date,
): Promise<Actor> {
  if (row.is_stale) await pool.query(noteUse, [row.id]).catch(() => undefined);
  return {
    kind: 'account',
    id: row.id,
    nickname: row.nickname,
    apId: row.ap_id,
    isAdmin: row.is_admin,
    isModerator: row.is_moderator,
    scopes,
    tokenExpiresAt,
  };
}
