import { flakeFromUuid } from '../../database/flake.js';
import { userSelect } from '../../database/account-columns.js';
import { imageUrl } from '../../instance/images.js';
import {
  accountStatus,
  displayNameOf,
  hostOf,
  profileUrlOf,
  type AccountStatus as Status,
} from '../../resolvers/users/model.js';
import { userCredentials, userShow } from '../../resolvers/users/show.js';
import { builder } from '../builder.js';
import { needs } from '../guarded.js';
import { nodeAccess } from '../node-access.js';
import { Credentials } from './credentials.js';

const AccountStatus = builder.enumType('AccountStatus', {
  description: 'State of an account. Of several that apply, the first in this list.',
  values: {
    DEACTIVATED: { description: 'Deactivated or deleted.' },
    PASSWORD_RESET_PENDING: { description: 'Must set a new password first.' },
    APPROVAL_PENDING: { description: 'Waits for approval by the staff.' },
    CONFIRMATION_PENDING: { description: 'Has not confirmed its e-mail address.' },
    ACTIVE: { description: 'Can be used.' },
  } as const satisfies Record<Status, object>,
});

nodeAccess('User', userShow, 'uuid');

/** An account: a local user, a remote user, or an actor such as a relay. */
export const User = builder.prismaNode('User', {
  description:
    'An account, local or remote. The running instance keeps accounts in a cache: `effect` of a mutation says how it notices a change.',
  id: { field: 'id', description: 'Global id, for `node` and caches.' },
  nullable: true,
  select: userSelect,
});

// Every operation gives whole rows, so no field names columns of its own: the plugin would look
// before each value whether the row was loaded for it.
builder.objectFields(User, (t) => ({
  databaseId: t.id({
    nullable: false,
    description: "The instance's own id (a flake id in base 62), as REST shows it.",
    resolve: ({ id }) => flakeFromUuid(id),
  }),
  nickname: t.exposeString('nickname', {
    description: 'Local: without host; remote: `nick@host`. Null for internal actors.',
  }),
  displayName: t.string({
    description: 'The name shown; the nickname when there is none.',
    resolve: displayNameOf,
  }),
  host: t.string({
    description: 'Where the account lives; null when its ActivityPub id is no address.',
    resolve: ({ apId }) => hostOf(apId),
  }),
  apId: t.exposeString('apId', { nullable: false, description: 'ActivityPub id.' }),
  url: t.string({
    nullable: false,
    description: 'Page of the account; empty when the row names no address of the web.',
    resolve: profileUrlOf,
  }),
  avatarUrl: t.string({
    nullable: false,
    description: "The avatar, or the instance's default.",
    resolve: async ({ avatar }, _args, { operation }) =>
      imageUrl(avatar, await operation.instance()),
  }),
  email: t.string({
    extensions: needs('users_read'),
    description: 'Null for remote accounts. On Pleroma it needs the privilege `users_read`.',
    resolve: ({ email }) => email,
  }),
  bio: t.exposeString('bio', { nullable: false, description: 'As stored: HTML.' }),
  isLocal: t.exposeBoolean('local', {
    nullable: false,
    description: 'Whether the account lives on this instance.',
  }),
  isActive: t.exposeBoolean('isActive', { nullable: false, description: 'False = deactivated.' }),
  isAdmin: t.exposeBoolean('isAdmin', { nullable: false, description: 'Has the admin role.' }),
  isModerator: t.exposeBoolean('isModerator', {
    nullable: false,
    description: 'Has the moderator role.',
  }),
  isConfirmed: t.exposeBoolean('isConfirmed', {
    nullable: false,
    description: 'Has confirmed its e-mail address, or need not.',
  }),
  isApproved: t.exposeBoolean('isApproved', {
    nullable: false,
    description: 'Has been approved, or need not.',
  }),
  isSuggested: t.exposeBoolean('isSuggested', {
    nullable: false,
    description: 'Is suggested to new users.',
  }),
  isLocked: t.exposeBoolean('isLocked', {
    nullable: false,
    description: 'Approves followers by hand.',
  }),
  isDiscoverable: t.exposeBoolean('isDiscoverable', {
    nullable: false,
    description: 'May be shown in directories.',
  }),
  isInvisible: t.exposeBoolean('invisible', {
    nullable: false,
    description: 'Never listed; the relay actor, for example.',
  }),
  status: t.field({
    type: AccountStatus,
    nullable: false,
    description: 'What the account may do now.',
    resolve: accountStatus,
  }),
  actorType: t.exposeString('actorType', {
    nullable: false,
    description: '`Person`, `Service`, `Application`, `Group` or `Organization`.',
  }),
  tags: t.exposeStringList('tags', {
    nullable: false,
    description: 'Free tags; `mrf_tag:*` steer the TagPolicy.',
  }),
  registrationReason: t.string({
    extensions: needs('users_read'),
    description: 'What the applicant wrote. On Pleroma it needs the privilege `users_read`.',
    resolve: ({ registrationReason }) => registrationReason,
  }),
  followersCount: t.exposeInt('followerCount', {
    nullable: false,
    description: 'Active followers.',
  }),
  followingCount: t.exposeInt('followingCount', {
    nullable: false,
    description: 'Active accounts followed.',
  }),
  statusesCount: t.exposeInt('noteCount', {
    nullable: false,
    description: 'Public and unlisted statuses.',
  }),
  createdAt: t.expose('insertedAt', {
    type: 'DateTime',
    nullable: false,
    description: 'When the instance first knew the account.',
  }),
  updatedAt: t.expose('updatedAt', {
    type: 'DateTime',
    nullable: false,
    description: 'When the row last changed.',
  }),
  lastActiveAt: t.expose('lastActiveAt', {
    type: 'DateTime',
    description: 'When a local account was last in use; kept to the day.',
  }),
  lastStatusAt: t.expose('lastStatusAt', {
    type: 'DateTime',
    description: 'When it last posted.',
  }),
  credentials: t.field({
    type: Credentials,
    description:
      'Profile and privacy settings of the account. Requires an admin with `admin:read:accounts`.',
    resolve: ({ id }, _args, { operation }) =>
      userCredentials(operation, { user: { databaseId: flakeFromUuid(id) } }),
  }),
}));
