import {
  inviteStatus,
  remainingUses,
  type InviteStatus,
  type InviteType,
} from '../../database/invite-status.js';
import { inviteSelect } from '../../database/invites.js';
import { invitesList } from '../../resolvers/invites/list.js';
import { inviteLink } from '../../resolvers/invites/link.js';
import { typeOf } from '../../resolvers/invites/model.js';
import { builder } from '../builder.js';
import { nodeAccess } from '../node-access.js';

export const InviteTypeEnum = builder.enumType('InviteType', {
  description: 'What limits an invite.',
  values: {
    ONE_TIME: { value: 'one_time', description: 'Lets one account in.' },
    REUSABLE: { value: 'reusable', description: 'Lets so many accounts in.' },
    DATE_LIMITED: {
      value: 'date_limited',
      description: 'Lets any number in, until a day is over.',
    },
    REUSABLE_DATE_LIMITED: {
      value: 'reusable_date_limited',
      description: 'Lets so many in, until a day is over.',
    },
  } as const satisfies Record<string, { value: InviteType; description: string }>,
});

export const InviteStatusEnum = builder.enumType('InviteStatus', {
  description: 'What became of an invite.',
  values: {
    ACTIVE: { value: 'active', description: 'Lets somebody in.' },
    USED: {
      value: 'used',
      description: 'Used up; also a one-time invite that was revoked, which is stored alike.',
    },
    REVOKED: { value: 'revoked', description: 'Ended by the staff before it was used up.' },
    EXPIRED: { value: 'expired', description: 'Its last day is over.' },
  } as const satisfies Record<string, { value: InviteStatus; description: string }>,
});

nodeAccess('Invite', invitesList, 'number');

/** An invite to register. */
export const Invite = builder.prismaNode('Invite', {
  description: 'An invite to register on the instance while registration is closed.',
  id: { field: 'id', description: 'Global id, for `node` and caches.' },
  nullable: true,
  select: inviteSelect,
});

// Whole rows, as of accounts (../user/type.ts).
builder.objectFields(Invite, (t) => ({
  databaseId: t.id({
    nullable: false,
    description: "The instance's own number, as REST shows it.",
    resolve: ({ id }) => String(id),
  }),
  token: t.exposeString('token', { description: 'The secret of the invite.' }),
  link: t.string({
    description: 'Where the guest registers.',
    resolve: async (invite, _args, { operation }) => inviteLink(invite, await operation.instance()),
  }),
  type: t.field({
    type: InviteTypeEnum,
    description: 'What limits it; null for a type that no version of the instance writes.',
    resolve: typeOf,
  }),
  status: t.field({
    type: InviteStatusEnum,
    nullable: false,
    description: 'What became of it.',
    resolve: (invite, _args, { operation }) => inviteStatus(invite, operation.now()),
  }),
  uses: t.exposeInt('uses', {
    nullable: false,
    description:
      'How many accounts registered with it; counted only where their number is limited.',
  }),
  maxUse: t.exposeInt('maxUse', {
    description:
      'Maximum number of registrations. Null means one registration, or any number when only `expiresAt` limits the invite.',
  }),
  remaining: t.int({
    description: 'How many more accounts it lets in; null = any number.',
    resolve: (invite, _args, { operation }) => remainingUses(invite, operation.now()),
  }),
  expiresAt: t.expose('expiresAt', {
    type: 'Date',
    description: 'The last day it may be used (UTC); null = no end.',
  }),
  createdAt: t.expose('insertedAt', {
    type: 'DateTime',
    nullable: false,
    description: 'When it was made.',
  }),
  updatedAt: t.expose('updatedAt', {
    type: 'DateTime',
    nullable: false,
    description: 'When it last changed.',
  }),
}));
