import type { OperationContext } from '../../context.js';
import { countStatuses, listStatuses, type StatusCriteria } from '../../database/status-list.js';
import { findUsers, type UserReference } from '../../database/users.js';
import { findStatus, type StatusRow } from '../../database/statuses.js';
import type { Stretch } from '../../database/user-list.js';
import { demandHost } from '../hosts.js';
import { operation } from '../operation.js';
import { notFound } from '../users/targets.js';
import { authorOf } from './model.js';
import { unknownStatus } from './targets.js';

const privileged = {
  role: 'privileged',
  scope: 'admin:read:statuses',
  pleroma: { privilege: 'messages_read' },
} as const;
const staff = {
  role: 'staff',
  scope: 'admin:read:statuses',
  pleroma: { privilege: 'messages_read' },
} as const;

/** Which statuses: of the whole instance as it knows them, or of one account. */
export interface StatusListInput {
  readonly criteria: Omit<StatusCriteria, 'author'>;
  readonly author?: UserReference | undefined;
}

/** One page of statuses, newest first (docs/instance/moderation.md#listing-statuses). */
export const statusesList = operation({
  name: 'statusesList',
  access: privileged,
  run: async (
    context,
    { stretch, ...input }: StatusListInput & { readonly stretch: Stretch },
  ): Promise<StatusRow[]> =>
    listStatuses(context.database, await criteriaOf(context, input), stretch),
});

/** How many statuses match, whatever the page. */
export const statusesCount = operation({
  name: 'statusesCount',
  access: privileged,
  run: async (context, input: StatusListInput): Promise<number> =>
    countStatuses(context.database, await criteriaOf(context, input)),
});

/** Statuses of an account by its ap_id: the same page of many accounts asked at once is one statement. */
export const userStatusesList = operation({
  name: 'userStatusesList',
  access: privileged,
  run: (
    { loaders }: OperationContext,
    { author, ...query }: UserStatusesInput & { readonly stretch: Stretch },
  ): Promise<StatusRow[]> => loaders.statusesOf(query).load(author),
});

/** How many there are, whatever the page. */
export const userStatusesCount = operation({
  name: 'userStatusesCount',
  access: privileged,
  run: async (
    { loaders }: OperationContext,
    { author, criteria }: UserStatusesInput,
  ): Promise<number> => (await loaders.statusCountOf(criteria).load(author)) ?? 0,
});

interface UserStatusesInput {
  /** ap_id. */
  readonly author: string;
  readonly criteria: Omit<StatusCriteria, 'author'>;
}

/** What moderators may list without further privilege: the public and unlisted statuses of one host. */
interface HostInput {
  readonly host: string;
  readonly withReblogs?: boolean;
}

/**
 * One page of the public and unlisted statuses of an instance, newest first
 * (docs/instance/moderation.md#listing-statuses).
 */
export const instanceStatusesList = operation({
  name: 'instanceStatusesList',
  access: staff,
  run: (
    { database }: OperationContext,
    { stretch, ...criteria }: HostInput & { readonly stretch: Stretch },
  ): Promise<StatusRow[]> => listStatuses(database, onHost(criteria), stretch),
});

/** How many there are, whatever the page. */
export const instanceStatusesCount = operation({
  name: 'instanceStatusesCount',
  access: staff,
  run: ({ database }: OperationContext, criteria: HostInput): Promise<number> =>
    countStatuses(database, onHost(criteria)),
});

/**
 * One status, also a private one; of a deactivated author there is none
 * (docs/instance/moderation.md#listing-statuses).
 */
export const statusShow = operation({
  name: 'statusShow',
  access: staff,
  run: async (
    { database, loaders }: OperationContext,
    { status: { databaseId } }: { readonly status: { readonly databaseId: string } },
  ): Promise<StatusRow> => {
    const row = await findStatus(database.prisma, databaseId);
    const authorApId = row && authorOf(row);
    const author =
      authorApId === undefined ? undefined : await loaders.accountByApId.load(authorApId);
    if (!row?.object || !author?.isActive)
      throw unknownStatus(databaseId, ['status', 'databaseId']);
    return row;
  },
});

async function criteriaOf(
  context: OperationContext,
  { criteria, author }: StatusListInput,
): Promise<StatusCriteria> {
  const narrowed = onHost(criteria);
  if (author === undefined) return narrowed;
  const { host } = await context.instance();
  const [user] = await findUsers(context.database.prisma, [author], host);
  if (!user) throw notFound(author, ['author']);
  return { ...narrowed, author: user.apId };
}

/** The same with the host as rows have it. */
function onHost<Criteria extends Omit<StatusCriteria, 'author'>>(criteria: Criteria): Criteria {
  return criteria.host === undefined
    ? criteria
    : { ...criteria, host: demandHost(criteria.host, ['host']) };
}
