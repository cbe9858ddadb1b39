import { countOf } from './json.js';

export const inviteTypes = [
  'one_time',
  'reusable',
  'date_limited',
  'reusable_date_limited',
] as const;
export type InviteType = (typeof inviteTypes)[number];

/** What can become of an invite. The instance keeps no word for it; it is computed. */
export const inviteStatuses = ['active', 'used', 'revoked', 'expired'] as const;
export type InviteStatus = (typeof inviteStatuses)[number];

/** The columns that decide. */
interface InviteState {
  readonly used: boolean;
  readonly expiresAt: Date | null;
  readonly uses: number;
  readonly maxUse: number | null;
  readonly inviteType: string;
}

/**
 * What became of an invite. Revoking and using up are stored alike; they can be told apart only where uses are counted, or where use
 * never ends: a one-time invite that was revoked reads as used.
 */
export function inviteStatus(invite: InviteState, now: Date): InviteStatus {
  const isSpent = isCounted(invite) && invite.uses >= (invite.maxUse ?? 0);
  if (isSpent || (invite.used && invite.inviteType === 'one_time')) return 'used';
  if (invite.used) return 'revoked';
  return isDated(invite) && (invite.expiresAt === null || invite.expiresAt < today(now))
    ? 'expired'
    : 'active';
}

/** How many more accounts it lets in; null = any number until its day is over. */
export function remainingUses(invite: InviteState, now: Date): number | null {
  if (inviteStatus(invite, now) !== 'active') return 0;
  if (invite.inviteType === 'one_time') return 1;
  return isCounted(invite) ? countOf((invite.maxUse ?? 0) - invite.uses) : null;
}

const isCounted = ({ inviteType }: Pick<InviteState, 'inviteType'>): boolean =>
  inviteType.startsWith('reusable');
const isDated = ({ inviteType }: Pick<InviteState, 'inviteType'>): boolean =>
  inviteType.endsWith('date_limited');

/** The UTC day as PostgreSQL writes it. */
export function day(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** Midnight UTC of the day: what a `date` column of that day reads as. */
export function today(now: Date): Date {
  return new Date(`${day(now)}T00:00:00Z`);
}
