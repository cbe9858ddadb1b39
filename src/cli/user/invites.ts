import { InvalidArgumentError, Option } from 'commander';
import { day } from '../../database/invite-status.js';
import type { InviteRow } from '../../database/invites.js';
import { dayFrom } from '../../database/time.js';
import { OperationError } from '../../errors.js';
import { inviteCreate } from '../../resolvers/invites/create.js';
import { inviteLink } from '../../resolvers/invites/link.js';
import { invitesList } from '../../resolvers/invites/list.js';
import { inviteRevoke } from '../../resolvers/invites/revoke.js';
import { Refusal } from '../refusal.js';
import { task, type Work } from '../task.js';

interface InviteOptions {
  readonly expiresAt?: string;
  readonly maxUse?: number;
}

/** `invite`: limits as the documented task takes them, also such as let nobody in. */
export const inviteTask = task({
  words: 'invite',
  summary: 'Make an invite and print its link',
  example: 'invite --max-use 5 --expires-at 2030-04-05',
  options: [
    new Option('--expires-at <date>', 'last day it may be used, e.g. "2030-04-05"'),
    new Option('--max-use <number>', 'how many accounts it lets in').argParser(integer),
  ],
  run: async ({ context, say }: Work, { expiresAt, maxUse }: InviteOptions) => {
    const invite = await inviteCreate(context, {
      maxUse,
      expiresAt: expiresAt === undefined ? undefined : dayOf(expiresAt),
      lenient: true,
    });
    const link = inviteLink(invite, await context.instance());
    say(`Generated user invite token ${invite.inviteType.replaceAll('_', ' ')}`);
    say(link);
    return { ...shownInvite(invite), link };
  },
});

/** `invites`: oldest first. */
export const invitesTask = task({
  words: 'invites',
  summary: 'List invites',
  example: 'invites',
  readOnly: true,
  run: async ({ context, say }: Work) => {
    const invites = await invitesList(context, { stretch: { oldestFirst: true } });
    ['Invites list:', ...invites.map(lineOf)].forEach(say);
    return invites.map(shownInvite);
  },
});

/**
 * `revoke_invite`: a token, or a number that is no token but an id
 * (docs/documented-api.md#shell-tasks).
 */
export const revokeInviteTask = task({
  words: 'revoke_invite <token_or_id>',
  summary: 'Revoke an invite',
  example: 'revoke_invite 12',
  run: async ({ context, say }: Work, _options: object, name: string) => {
    const invite =
      (await revoke(context, { token: name })) ??
      (/^\d+$/.test(name) ? await revoke(context, { databaseId: name }) : undefined);
    if (!invite) throw new Refusal(`No invite found with token ${name}`, 'NOT_FOUND');
    say(`Invite for token ${invite.token ?? name} was revoked.`);
    return shownInvite(invite);
  },
});

async function revoke(
  context: Work['context'],
  invite: { readonly token: string } | { readonly databaseId: string },
): Promise<InviteRow | undefined> {
  try {
    return await inviteRevoke(context, { invite });
  } catch (error) {
    if (error instanceof OperationError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function lineOf({ id, token, inviteType, used, expiresAt, maxUse, uses }: InviteRow): string {
  const expiry = expiresAt === null ? '' : ` | Expires at: ${day(expiresAt)}`;
  const use =
    maxUse === null ? '' : ` | Max use: ${String(maxUse)}    Left use: ${String(maxUse - uses)}`;
  return `ID: ${String(id)} | Token: ${token ?? ''} | Token type: ${inviteType} | Used: ${String(used)}${expiry}${use}`;
}

function shownInvite({
  id,
  token,
  inviteType,
  used,
  expiresAt,
  maxUse,
  uses,
}: InviteRow): Record<string, unknown> {
  return {
    id: Number(id),
    token,
    type: inviteType,
    used,
    expiresAt: expiresAt && day(expiresAt),
    maxUse,
    uses,
  };
}

/** The refusals are the documented task's: Elixir's, which tells what is no date from a day that does not exist. */
function dayOf(text: string): Date {
  const refusal = (reason: string): Refusal =>
    new Refusal(`Could not create invite token: {:error, :${reason}}`, 'INVALID');
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw refusal('invalid_format');
  const date = dayFrom(text);
  if (!date) throw refusal('invalid_date');
  return date;
}

function integer(text: string): number {
  if (!/^[+-]?\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
