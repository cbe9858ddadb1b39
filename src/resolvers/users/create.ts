import { hashPassword } from '../../auth/password.js';
import type { OperationContext } from '../../context.js';
import { duplicateOf, type Transaction } from '../../database/database.js';
import { takenNames } from '../../database/user-names.js';
import { isRedeemable, redeemInvite } from '../../database/invites.js';
import { insertLocalUser, type KeyPair } from '../../database/user-insert.js';
import { usersByIds, type UserRow } from '../../database/users.js';
import { failure, refuse, type Issue } from '../../errors.js';
import { generateSigningKeys } from '../../federation/signing-keys.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { longTexts } from '../input-rules.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { confirmationToken } from './confirmation.js';
import { expiredInviteIssue, faultsOf, takenIssue, type NewUser } from './new-user.js';
import { afterRegistration } from './registration.js';

const maxListSize = 100;

/**
 * Creates local accounts, all or none (docs/instance/accounts.md#creating-an-account): the row, the
 * keys to federate with, the follows and mails of a registration
 * and one log row, in one transaction. Whether they must still confirm or be approved is the instance's setting (§2.4).
 * @returns the accounts in input order.
 * @throws OperationError with INVALID and TAKEN issues for every item at fault.
 */
export const usersCreate = operation({
  name: 'usersCreate',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  limits: longTexts,
  run: (context, input: { readonly users: readonly NewUser[] }): Promise<UserRow[]> =>
    createUsers(context, input.users),
});

/** What {@link usersCreate} does once the caller may. */
export async function createUsers(
  context: OperationContext,
  users: readonly NewUser[],
): Promise<UserRow[]> {
  await validate(context, users);
  const secrets = await Promise.all(users.map((user) => secretsOf(context, user)));
  return context.database.transaction(async (tx) => {
    const ids: string[] = [];
    for (const [index, user] of users.entries()) {
      await redeem(context, tx, user, index);
      ids.push(await insertOne(context, tx, user, secrets[index], index));
    }
    const created = await usersByIds(tx, ids);
    const others: string[] = [];
    for (const user of created) others.push(...(await afterRegistration(context, tx, user)));
    await writeLog(context, tx, { action: 'create', subjects: created.map(loggedUser) });
    await noticeAccounts(
      context,
      tx,
      others.filter((id) => !ids.includes(id)),
    ); // nobody has read the new ones yet
    return usersByIds(tx, ids);
  });
}

/** The use is spent with the account or not at all: a failed creation takes both back. */
async function redeem(
  context: OperationContext,
  tx: Transaction,
  { inviteToken }: NewUser,
  index: number,
): Promise<void> {
  if (inviteToken !== undefined && !(await redeemInvite(tx, inviteToken, context.now())))
    refuse([expiredInviteIssue(['users', String(index)])]);
}

async function validate(context: OperationContext, users: readonly NewUser[]): Promise<void> {
  if (users.length < 1 || users.length > maxListSize)
    throw failure(
      'INVALID',
      `users must hold 1 to ${String(maxListSize)} accounts, not ${String(users.length)}.`,
      ['users'],
    );
  const settings = await context.instance();
  const taken = await takenNames(
    context.database.prisma,
    users.map((user) => user.nickname),
    users.flatMap((user) => user.email ?? []),
  );
  const issues: Issue[] = [];
  for (const [index, user] of users.entries()) {
    const { nickname, email, inviteToken } = user;
    const path = ['users', String(index)];
    const faults = faultsOf(user, settings, path);
    // What is malformed is nobody's, so it is not taken either.
    const isSound = (field: string): boolean =>
      !faults.some(({ inputPath }) => inputPath.at(-1) === field);
    issues.push(...faults);
    if (
      inviteToken !== undefined &&
      !(await isRedeemable(context.database.prisma, inviteToken, context.now()))
    )
      issues.push(expiredInviteIssue(path));
    if (isSound('nickname') && !taken.claimNickname(nickname))
      issues.push(takenIssue('nickname', path));
    if (email && isSound('email') && !taken.claimEmail(email))
      issues.push(takenIssue('email', path));
  }
  refuse(issues);
}

interface Secrets {
  readonly passwordHash: string;
  readonly keys: KeyPair;
}

/** Slow on purpose (hash) or by nature (keys): done before the transaction opens. */
async function secretsOf(context: OperationContext, user: NewUser): Promise<Secrets> {
  const [passwordHash, keys] = await Promise.all([
    hashPassword(user.password, context.database.family),
    generateSigningKeys(),
  ]);
  return { passwordHash, keys };
}

async function insertOne(
  context: OperationContext,
  tx: Transaction,
  user: NewUser,
  secrets: Secrets | undefined,
  index: number,
): Promise<string> {
  if (!secrets) throw new Error('every new user has secrets');
  const { baseUrl, accountActivationRequired, accountApprovalRequired } = await context.instance();
  try {
    return await insertLocalUser(tx, context.database.family, {
      ...secrets,
      nickname: user.nickname,
      email: user.email ? user.email : null,
      name: user.name ?? user.nickname,
      bio: user.bio ?? '.',
      baseUrl,
      isApproved: !accountApprovalRequired,
      confirmationToken: accountActivationRequired ? confirmationToken() : null,
      now: context.now(),
    });
  } catch (error) {
    const columns = duplicateOf(error);
    if (!columns) throw error;
    refuse([
      takenIssue(columns.includes('email') ? 'email' : 'nickname', ['users', String(index)]),
    ]);
    throw error;
  }
}
