import { Secret, TOTP } from 'otpauth';
import { objectOf, textOf, textsOf, type Json } from '../database/json.js';
import { verifyPassword } from './password.js';

/**
 * `users.multi_factor_authentication_settings` (docs/instance/oauth.md#second-factor); an empty
 * object means no second factor.
 */
export interface SecondFactor {
  readonly enabled: boolean;
  /** Hashes of the recovery codes. */
  readonly recoveryHashes: readonly string[];
  readonly totp: { readonly secret: string | undefined; readonly confirmed: boolean };
}

/** Reads the column, whatever it holds; a second factor that is not plainly off is on. */
export function secondFactorOf(settings: Json): SecondFactor {
  const { enabled, backup_codes: hashes, totp } = objectOf(settings);
  const { secret, confirmed } = objectOf(totp);
  return {
    enabled: enabled !== undefined && enabled !== null && enabled !== false,
    recoveryHashes: textsOf(hashes),
    totp: { secret: textOf(secret), confirmed: confirmed === true },
  };
}

/** Seconds a code is valid. */
const period = 30;

/**
 * The number of the half minute whose code this is, when that is now: HMAC-SHA1, six digits, no
 * tolerance, as with the instance. Undefined for any other code.
 */
export function timeStepOf({ totp }: SecondFactor, code: string, now: Date): number | undefined {
  const secret = /^([A-Z2-7]+)=*$/i.exec(totp.secret ?? '')?.[1];
  if (secret === undefined || !totp.confirmed || !/^\d{6}$/.test(code)) return undefined;
  const generator = new TOTP({
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
  });
  const timestamp = now.getTime();
  if (generator.validate({ token: code, window: 0, timestamp }) === null) return undefined;
  return generator.counter({ timestamp });
}

/** The stored hash a recovery code belongs to; undefined for none. */
export async function recoveryHashOf(
  { recoveryHashes: hashes }: SecondFactor,
  code: string,
): Promise<string | undefined> {
  for (const hash of hashes) if (await verifyPassword(code, hash)) return hash;
  return undefined;
}
