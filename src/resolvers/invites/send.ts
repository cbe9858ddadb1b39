import type { OperationContext } from '../../context.js';
import type { InviteRow } from '../../database/invites.js';
import { failure } from '../../errors.js';
import { invitationMail } from '../../mail/outgoing.js';
import { operation } from '../operation.js';
import { deliver, senderOf } from '../mail.js';
import { isLongerThan } from '../../lib/text-length.js';
import { isEmailAddress } from '../users/email-address.js';
import { newInvite } from './create.js';
import { inviteLink } from './link.js';

export interface InvitationInput {
  readonly email: string;
  /** Who is invited, for the mail's To line. */
  readonly name?: string | undefined;
}

const maxNameLength = 200;

/**
 * Makes a one-time invite and mails its link (docs/instance/accounts.md#invites): only while
 * registration is closed and invites are enabled, which the
 * instance asks before it looks at the address. When the mail can't be sent the invite stays and the failure says so, as with the instance.
 * @throws OperationError INVALID for an address or name no mail can carry, CONFLICT while the instance's settings forbid it, UNAVAILABLE when
 * the mail was not sent.
 */
export const inviteSendByEmail = operation({
  name: 'inviteSendByEmail',
  access: {
    role: 'staff',
    scope: 'admin:write:invites',
    pleroma: { privilege: 'users_manage_invites' },
  },
  run: async (context, { email, name = '' }: InvitationInput): Promise<InviteRow> => {
    await demandInvitations(context);
    if (!isEmailAddress(email)) throw failure('INVALID', 'email has invalid format', ['email']);
    if (isLongerThan(name, maxNameLength) || /\p{Cc}/u.test(name))
      throw failure(
        'INVALID',
        `name must have at most ${String(maxNameLength)} characters and no control characters.`,
        ['name'],
      );
    const invite = await context.database.transaction((tx) => newInvite(context, tx));
    const mail = invitationMail(
      await senderOf(context),
      await inviterOf(context),
      { name, address: email },
      inviteLink(invite, await context.instance()),
    );
    await deliver(
      context,
      mail,
      `The invite (id ${String(invite.id)}) was made and stays valid, but was not mailed`,
    );
    return invite;
  },
});

/** In the instance's order and words. */
async function demandInvitations(context: OperationContext): Promise<void> {
  const { registrationsOpen, invitesEnabled } = await context.instance();
  if (registrationsOpen)
    throw failure(
      'CONFLICT',
      'To send invites you need to set the `registrations_open` option to false.',
    );
  if (!invitesEnabled)
    throw failure(
      'CONFLICT',
      'To send invites you need to set the `invites_enabled` option to true.',
    );
}

/** The display name of who invites; the secret and the shell have none. */
async function inviterOf({ actor, database }: OperationContext): Promise<string> {
  if (actor?.kind !== 'account') return 'An administrator';
  const { name } = await database.prisma.user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { name: true },
  });
  return name ?? actor.nickname;
}
