import type { Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { day, inviteStatus, type InviteType } from './invite-status.js';
import { wholeSeconds } from './time.js';

export const inviteSelect = {
  id: true,
  token: true,
  used: true,
  expiresAt: true,
  uses: true,
  maxUse: true,
  inviteType: true,
  insertedAt: true,
  updatedAt: true,
} satisfies Prisma.InviteSelect;

/**
 * An invite as it is stored (docs/instance/accounts.md#invites). `expiresAt` is midnight UTC of the
 * last day it may be used.
 */
export type InviteRow = Prisma.InviteGetPayload<{ select: typeof inviteSelect }>;

/** How a caller names an invite. */
export type InviteReference = { readonly token: string } | { readonly databaseId: string };

export interface NewInvite {
  readonly token: string;
  readonly maxUse: number | null;
  readonly expiresAt: Date | null;
}

/** Which type an invite with these limits is (docs/instance/accounts.md#invites). */
function typeOf({ maxUse, expiresAt }: NewInvite): InviteType {
  if (maxUse === null) return expiresAt === null ? 'one_time' : 'date_limited';
  return expiresAt === null ? 'reusable' : 'reusable_date_limited';
}

export function insertInvite(tx: Transaction, invite: NewInvite, now: Date): Promise<InviteRow> {
  const time = wholeSeconds(now);
  return tx.invite.create({
    data: { ...invite, inviteType: typeOf(invite), insertedAt: time, updatedAt: time },
    select: inviteSelect,
  });
}

/** Marks an invite as used up, whatever it was before; undefined when there is none. */
export async function revokeInvite(
  tx: Transaction,
  reference: InviteReference,
  now: Date,
): Promise<InviteRow | undefined> {
  const id = await idOf(tx, reference);
  if (id === undefined) return undefined;
  await tx.invite.updateMany({
    where: { id, used: false },
    data: { used: true, updatedAt: wholeSeconds(now) },
  });
  return tx.invite.findUniqueOrThrow({ where: { id }, select: inviteSelect });
}

async function idOf(tx: Transaction, reference: InviteReference): Promise<bigint | undefined> {
  if ('token' in reference)
    return (await tx.invite.findFirst({ where: { token: reference.token }, select: { id: true } }))
      ?.id;
  if (!/^\d{1,18}$/.test(reference.databaseId)) return undefined;
  return (
    await tx.invite.findUnique({
      where: { id: BigInt(reference.databaseId) },
      select: { id: true },
    })
  )?.id;
}

/**
 * Spends one use of an invite, or none when it is not valid: one conditional UPDATE, so that however many ask at once, no more get in than
 * may (docs/instance/accounts.md#invites: one-time → used; reusable → one use more, used up at the last; date-limited → nothing changes but the day
 * must not be over, UTC). Call it in the transaction that creates the account: a failed registration gives the use back.
 * @returns whether a use was spent.
 */
export async function redeemInvite(tx: Transaction, token: string, now: Date): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update user_invite_tokens set
      uses = case when invite_type like 'reusable%' then uses + 1 else uses end,
      used = case when invite_type = 'one_time' then true when invite_type like 'reusable%' then uses + 1 >= max_use else used end,
      updated_at = case when invite_type = 'date_limited' then updated_at else ${wholeSeconds(now)}::timestamp end
    where token = ${token} and not used
      and (invite_type not like '%date_limited' or expires_at >= ${day(now)}::date)
      and (invite_type not like 'reusable%' or uses < max_use)`;
  return changed > 0;
}

/** Whether an invite could be redeemed now: for refusing early; only {@link redeemInvite} decides. */
export async function isRedeemable(tx: Transaction, token: string, now: Date): Promise<boolean> {
  const invite = await tx.invite.findFirst({ where: { token }, select: inviteSelect });
  return invite !== null && inviteStatus(invite, now) === 'active';
}
