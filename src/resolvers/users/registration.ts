import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { storeFollow } from '../../database/follows.js';
import { recountFollowers, recountFollowing } from '../../database/relationships.js';
import { wholeSeconds } from '../../database/time.js';
import type { UserRow } from '../../database/users.js';
import {
  awaitingApprovalMail,
  confirmationMail,
  newUnapprovedUserMail,
  registeredMail,
  type MailMessage,
} from '../../mail/messages.js';
import { sendByInstance } from './instance-mail.js';
import { welcome } from './welcome.js';

/**
 * What the instance does once an account exists, or is confirmed or approved
 * (docs/instance/accounts.md#after-registration): ask for confirmation, else for
 * approval, else follow whom everyone follows, tell the account it is registered and welcome it.
 * @returns ids of the accounts whose counters changed.
 */
export async function afterRegistration(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
): Promise<string[]> {
  const settings = await context.instance();
  if (!user.isConfirmed) {
    if (settings.accountActivationRequired) await sendConfirmation(context, tx, user);
    return [];
  }
  if (!user.isApproved) {
    await askForApproval(context, tx, user);
    return [];
  }
  const changed = await autofollow(context, tx, user);
  const welcomed =
    settings.welcomeMail || settings.accountActivationRequired || settings.accountApprovalRequired;
  if (!welcomed)
    await send(context, tx, user, (recipient) =>
      registeredMail(settings.name, { ...recipient, nickname: user.nickname ?? '' }),
    );
  await welcome(context, tx, user);
  return changed;
}

/** Mails the link by which an account confirms its address; without an address there is nothing to confirm. */
export async function sendConfirmation(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
): Promise<void> {
  const { baseUrl, name } = await context.instance();
  const { confirmationToken } = await tx.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { confirmationToken: true },
  });
  const link = `${baseUrl}/api/account/confirm_email/${flakeFromUuid(user.id)}/${confirmationToken ?? ''}`;
  await send(context, tx, user, (recipient) => confirmationMail(name, recipient, link));
}

async function askForApproval(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
): Promise<void> {
  const { name, baseUrl } = await context.instance();
  await send(context, tx, user, (recipient) => awaitingApprovalMail(name, recipient));
  const staff = await tx.user.findMany({
    where: {
      local: true,
      isActive: true,
      email: { not: null },
      OR: [{ isAdmin: true }, { isModerator: true }],
    },
    orderBy: { id: 'asc' },
    select: { name: true, email: true },
  });
  const candidate = {
    nickname: user.nickname ?? '',
    url: user.apId,
    reason: user.registrationReason,
  };
  for (const member of staff)
    await send(context, tx, member, (recipient) =>
      newUnapprovedUserMail(
        name,
        recipient,
        candidate,
        `${baseUrl}/pleroma/admin/#/users/${flakeFromUuid(user.id)}/`,
      ),
    );
}

/**
 * The new account follows `autofollowed_nicknames` and is followed by `autofollowing_nicknames`: relationships only.
 * @returns ids of the accounts whose counters changed.
 */
async function autofollow(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
): Promise<string[]> {
  const { autofollowedNicknames, autofollowingNicknames } = await context.instance();
  const now = wholeSeconds(context.now());
  const find = (nicknames: readonly string[]): Promise<{ id: string }[]> =>
    nicknames.length === 0
      ? Promise.resolve([])
      : tx.user.findMany({
          where: {
            local: true,
            isActive: true,
            nickname: { in: [...nicknames] },
            id: { not: user.id },
          },
          select: { id: true },
        });
  const followed = await find(autofollowedNicknames);
  const followers = await find(autofollowingNicknames);
  for (const { id } of followed) await storeFollow(tx, user.id, id, now);
  for (const { id } of followers) await storeFollow(tx, id, user.id, now);
  if (followed.length + followers.length === 0) return [];
  return [
    ...(await recountFollowers(tx, [user.id, ...followed.map(({ id }) => id)], now)),
    ...(await recountFollowing(tx, [user.id, ...followers.map(({ id }) => id)], now)),
  ];
}

type Addressee = { readonly name: string | null; readonly email: string | null };

async function send(
  context: OperationContext,
  tx: Transaction,
  to: Addressee,
  write: (recipient: { name: string | null; email: string }) => MailMessage,
): Promise<void> {
  if (to.email === null) return;
  await sendByInstance(context, tx, write({ name: to.name, email: to.email }));
}
