import type { Transaction } from './database.js';
import type { Json } from './json.js';
import { wholeSeconds } from './time.js';

/** What decides whether an account may log in. A secret: never handed to a door. */
export interface SignInRow {
  readonly id: string;
  readonly apId: string;
  readonly passwordHash: string | null;
  readonly isActive: boolean;
  readonly passwordResetPending: boolean;
  readonly isApproved: boolean;
  readonly isConfirmed: boolean;
  readonly isAdmin: boolean;
  readonly isModerator: boolean;
  readonly secondFactor: Json;
}

const select = {
  id: true,
  apId: true,
  passwordHash: true,
  isActive: true,
  passwordResetPending: true,
  isApproved: true,
  isConfirmed: true,
  isAdmin: true,
  isModerator: true,
  multiFactorAuthenticationSettings: true,
} as const;

/**
 * The local account with one of these nicknames, the first the best, else with this address,
 * whatever its case (docs/instance/accounts.md#looking-accounts-up).
 */
export async function findByLoginName(
  tx: Transaction,
  nicknames: readonly string[],
  email: string,
): Promise<SignInRow | undefined> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id::text from users where local and (nickname = any(${[...nicknames]}::citext[]) or email = ${email}::citext)
    order by array_position(${[...nicknames]}::citext[], nickname) nulls last limit 1`;
  return found && findForSignIn(tx, found.id);
}

/** The local account with this uuid. */
export async function findForSignIn(tx: Transaction, id: string): Promise<SignInRow | undefined> {
  const row = await tx.user.findFirst({ where: { id, local: true }, select });
  if (!row) return undefined;
  const { multiFactorAuthenticationSettings: secondFactor, ...rest } = row;
  return { ...rest, secondFactor };
}

/** Uses a recovery code up; of many at once exactly one gets true. */
export async function spendRecoveryCode(
  tx: Transaction,
  userId: string,
  hash: string,
  now: Date,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update users set updated_at = ${wholeSeconds(now)}::timestamp, multi_factor_authentication_settings =
      jsonb_set(multi_factor_authentication_settings, '{backup_codes}', (multi_factor_authentication_settings->'backup_codes') - ${hash}::text)
    where id = ${userId}::uuid and jsonb_typeof(multi_factor_authentication_settings->'backup_codes') = 'array' and multi_factor_authentication_settings->'backup_codes' @> to_jsonb(${hash}::text)`;
  return changed === 1;
}

/**
 * Uses the time code of a half minute up, and those before it; of many at once exactly one gets
 * true. It is noted beside the secret of the second factor, which every process of Steward sees;
 * the instance passes over keys it does not know.
 */
export async function spendTimeStep(
  tx: Transaction,
  userId: string,
  step: number,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update users u set multi_factor_authentication_settings =
      jsonb_set(u.multi_factor_authentication_settings, '{totp,steward_last_step}', to_jsonb(${step}::bigint))
    where u.id = ${userId}::uuid and jsonb_typeof(u.multi_factor_authentication_settings->'totp') = 'object'
      and case when u.multi_factor_authentication_settings->'totp'->>'steward_last_step' ~ '^[0-9]{1,15}$'
        then (u.multi_factor_authentication_settings->'totp'->>'steward_last_step')::bigint else -1 end < ${step}::bigint`;
  return changed === 1;
}
