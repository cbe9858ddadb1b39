import type { Transaction } from './database.js';
import { Prisma } from './generated/prisma/client.js';

/**
 * Whether a row is what the deletion of an account leaves. No column says so: name, address,
 * password and text are gone, which no account that people use is without. The instance's own
 * actors are invisible; of another instance's account the purge also empties when it was fetched.
 * @param u what the query calls the table.
 */
export const isDeletedAccount = (u: string): string => `(
  ${u}.name is null and ${u}.email is null and ${u}.password_hash is null and coalesce(${u}.bio, '') = ''
  and not coalesce(${u}.invisible, false) and coalesce(${u}.actor_type, '') <> 'Application'
  and (${u}.local or (not ${u}.is_active and ${u}.last_refreshed_at is null)))`;

/**
 * Ids of active admins of the instance, any `limit` of them: one that was deleted lets nobody in,
 * whatever its row says.
 */
export async function someActiveAdmins(
  client: Pick<Transaction, '$queryRaw'>,
  limit: number,
): Promise<string[]> {
  const admins = await client.$queryRaw<{ readonly id: string }[]>`
    select u.id::text from users u where u.is_admin and u.is_active and u.local
      and not ${Prisma.raw(isDeletedAccount('u'))} limit ${limit}`;
  return admins.map(({ id }) => id);
}
