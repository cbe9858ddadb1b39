import { paddedSecret } from '../../auth/secret.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { today } from '../../database/invite-status.js';
import { insertInvite, type InviteRow } from '../../database/invites.js';
import { failure, type InputPath } from '../../errors.js';
import { operation } from '../operation.js';

/** What the integer column holds. */
const maxNumber = 2_147_483_647;

export interface InviteLimits {
  /** How many accounts it lets in; absent = one, or with `expiresAt` any number. */
  readonly maxUse?: number | null | undefined;
  /** The last day it may be used: midnight UTC of that day. Absent = no end. */
  readonly expiresAt?: Date | null | undefined;
  /** Takes limits that let nobody in, as the REST routes do (docs/instance/accounts.md#invites). */
  readonly lenient?: boolean | undefined;
}

/**
 * Makes an invite; its limits decide its type (docs/instance/accounts.md#invites). The moderation
 * log knows no such action, so no row is written.
 * @throws OperationError INVALID for limits that can't be stored or, unless lenient, let nobody in.
 */
export const inviteCreate = operation({
  name: 'inviteCreate',
  access: {
    role: 'staff',
    scope: 'admin:write:invites',
    pleroma: { privilege: 'users_manage_invites' },
  },
  run: (context, { maxUse, expiresAt, lenient = false }: InviteLimits): Promise<InviteRow> => {
    const least = lenient ? -maxNumber : 1;
    if (maxUse != null && (!Number.isInteger(maxUse) || maxUse < least || maxUse > maxNumber))
      throw invalid(`maxUse must be ${lenient ? 'an integer' : '1'} to ${String(maxNumber)}.`, [
        'maxUse',
      ]);
    if (expiresAt && !lenient && expiresAt < today(context.now()))
      throw invalid('expiresAt must not lie in the past (UTC).', ['expiresAt']);
    return context.database.transaction((tx) => newInvite(context, tx, { maxUse, expiresAt }));
  },
});

/** Stores an invite with a new token. */
export function newInvite(
  context: OperationContext,
  tx: Transaction,
  { maxUse, expiresAt }: InviteLimits = {},
): Promise<InviteRow> {
  return insertInvite(
    tx,
    { token: paddedSecret(), maxUse: maxUse ?? null, expiresAt: expiresAt ?? null },
    context.now(),
  );
}

function invalid(message: string, path: InputPath): Error {
  return failure('INVALID', message, path);
}
