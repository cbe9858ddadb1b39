import type { Database, Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { today, type InviteStatus, type InviteType } from './invite-status.js';
import { inviteSelect, type InviteRow } from './invites.js';

/** What an invite must be to be listed; empty lists mean "none", absent ones "any". */
export interface InviteCriteria {
  readonly statuses?: readonly InviteStatus[] | undefined;
  readonly types?: readonly InviteType[] | undefined;
}

/** A stretch of the list, newest first; `oldestFirst` reads from the other end. No limit = all of it. */
export interface InviteStretch {
  readonly limit?: number | undefined;
  readonly olderThan?: bigint | undefined;
  readonly newerThan?: bigint | undefined;
  readonly oldestFirst?: boolean | undefined;
}

export function listInvites(
  { prisma }: Database,
  criteria: InviteCriteria,
  { limit, olderThan, newerThan, oldestFirst = false }: InviteStretch,
  now: Date,
): Promise<InviteRow[]> {
  const id = {
    ...(olderThan === undefined ? {} : { lt: olderThan }),
    ...(newerThan === undefined ? {} : { gt: newerThan }),
  };
  return prisma.invite.findMany({
    where: { AND: [conditionOf(prisma, criteria, now), { id }] },
    orderBy: { id: oldestFirst ? 'asc' : 'desc' },
    ...(limit === undefined ? {} : { take: limit }),
    select: inviteSelect,
  });
}

export function countInvites(
  { prisma }: Database,
  criteria: InviteCriteria,
  now: Date,
): Promise<number> {
  return prisma.invite.count({ where: conditionOf(prisma, criteria, now) });
}

/** Prisma takes an empty OR for no condition at all. */
const nothing: Prisma.InviteWhereInput = { id: { in: [] } };

function conditionOf(
  prisma: Transaction,
  { statuses, types }: InviteCriteria,
  now: Date,
): Prisma.InviteWhereInput {
  const counted: Prisma.InviteWhereInput = { inviteType: { startsWith: 'reusable' } };
  const spent: Prisma.InviteWhereInput = {
    ...counted,
    OR: [{ uses: { gte: prisma.invite.fields.maxUse } }, { maxUse: null }],
  };
  const used: Prisma.InviteWhereInput = { OR: [spent, { used: true, inviteType: 'one_time' }] };
  const over: Prisma.InviteWhereInput = {
    inviteType: { endsWith: 'date_limited' },
    OR: [{ expiresAt: null }, { expiresAt: { lt: today(now) } }],
  };
  const conditions: Readonly<Record<InviteStatus, Prisma.InviteWhereInput>> = {
    used,
    revoked: { AND: [{ used: true }, { NOT: used }] },
    expired: { AND: [{ used: false }, { NOT: used }, over] },
    active: { AND: [{ used: false }, { NOT: used }, { NOT: over }] },
  };
  return {
    AND: [
      // Each once, however often it is listed: compiling a thousand conditions would block the event loop.
      ...(statuses === undefined
        ? []
        : [
            statuses.length === 0
              ? nothing
              : { OR: [...new Set(statuses)].map((status) => conditions[status]) },
          ]),
      ...(types === undefined ? [] : [{ inviteType: { in: [...new Set(types)] } }]),
    ],
  };
}
