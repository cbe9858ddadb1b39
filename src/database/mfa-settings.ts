import type { Transaction } from './database.js';
import { wholeSeconds } from './time.js';

const disabled = JSON.stringify({
  enabled: false,
  totp: { secret: null, delivery_type: 'app', confirmed: false },
});

/**
 * Turns the second factor off and forgets its secret; recovery codes stay, as with the instance
 * (docs/instance/accounts.md#other-account-operations).
 */
export async function resetMfa(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update users set multi_factor_authentication_settings = '{"backup_codes": []}'::jsonb || case when jsonb_typeof(multi_factor_authentication_settings) = 'object' then multi_factor_authentication_settings else '{}' end || ${disabled}::jsonb,
      updated_at = ${wholeSeconds(now)}::timestamp
    where id = ${userId}::uuid`;
}
