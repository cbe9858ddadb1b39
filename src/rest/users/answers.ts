import type { UserRow } from '../../database/users.js';
import { ownTick } from '../../instance/own-tick.js';
import type { RestRequest } from '../route.js';
import { adminAccount } from '../serialize/account.js';

/** `{users: […]}`, as list changes answer. */
export async function usersAnswer(
  { context, dialect, isOldPrefix }: RestRequest<unknown>,
  users: readonly UserRow[],
): Promise<{ users: unknown[] }> {
  const instance = await context.instance();
  const answer = async (user: UserRow): Promise<unknown> => {
    await ownTick(user.bio.length);
    return adminAccount(user, instance, dialect, isOldPrefix);
  };
  return { users: await Promise.all(users.map(answer)) };
}

/** One account. */
export async function userAnswer(
  { context, dialect, isOldPrefix }: RestRequest<unknown>,
  user: UserRow,
): Promise<unknown> {
  return adminAccount(user, await context.instance(), dialect, isOldPrefix);
}
