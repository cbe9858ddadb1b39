import type { ObjectFieldBuilder } from '@pothos/core';
import {
  userToggleActivation,
  usersActivate,
  usersDeactivate,
} from '../../resolvers/users/activation.js';
import { usersApprove } from '../../resolvers/users/approve.js';
import { usersConfirmEmail } from '../../resolvers/users/confirm-email.js';
import { usersCreate } from '../../resolvers/users/create.js';
import { usersDelete } from '../../resolvers/users/delete.js';
import { userFollow, userUnfollow, type ChangedFollow } from '../../resolvers/users/follow.js';
import {
  userGrantPermission,
  userRevokePermission,
  usersGrantPermission,
  usersRevokePermission,
  type PermissionGroup,
} from '../../resolvers/users/permissions.js';
import { usersSuggest, usersUnsuggest } from '../../resolvers/users/suggest.js';
import { usersTag, usersUntag } from '../../resolvers/users/tag.js';
import { builder } from '../builder.js';
import { mutation, type Payload } from '../mutation.js';
import { referenceOf, referencesOf, UserReferenceInput } from './inputs.js';
import {
  changedUser,
  changedUsers,
  oneUser,
  userList,
  type InputBuilder,
} from './mutation-parts.js';
import { NewUser, newUserOf } from './new-user.js';
import { User } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const PermissionGroupEnum = builder.enumType('PermissionGroup', {
  description: 'A staff role.',
  values: {
    ADMIN: { value: 'admin', description: 'May do everything.' },
    MODERATOR: { value: 'moderator', description: 'May moderate accounts and reports.' },
  } as const satisfies Record<string, { value: PermissionGroup; description: string }>,
});

const permission = (t: InputBuilder) =>
  t.field({ type: PermissionGroupEnum, required: true, description: 'Which role.' });

mutation('usersCreate', {
  rehearsable: true,
  description:
    'Creates local accounts with everything they need to log in and federate. All or none. REST: `POST /users`.',
  input: (t) => ({
    users: t.field({ type: [NewUser], required: true, description: '1 to 100 accounts.' }),
  }),
  run: (context, { users }) => usersCreate(context, { users: users.map(newUserOf) }),
  payload: changedUsers,
});

mutation('usersDelete', {
  rehearsable: true,
  description:
    'Deletes accounts: their rows are emptied at once, the instance removes statuses and follows. Cannot be undone. REST: `DELETE /users`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersDelete(context, { users: referencesOf(users) }),
  payload: (t) => ({
    users: t.field({
      type: [User],
      description: 'The accounts as they were.',
      resolve: ({ result }) => result,
    }),
  }),
});

mutation('usersActivate', {
  rehearsable: true,
  description: 'Activates accounts. REST: `PATCH /users/activate`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersActivate(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('usersDeactivate', {
  rehearsable: true,
  description:
    'Deactivates accounts, local or remote: they cannot log in, and what they follow among local accounts is taken away. REST: `PATCH /users/deactivate`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersDeactivate(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('userToggleActivation', {
  description:
    'Activates an inactive account, deactivates an active one. REST: `PATCH /users/:nickname/toggle_activation`.',
  deprecationReason:
    'The outcome depends on what was before: use usersActivate or usersDeactivate.',
  input: (t) => ({ user: oneUser(t) }),
  run: (context, { user }) => userToggleActivation(context, { user: referenceOf(user) }),
  payload: changedUser,
});

mutation('usersApprove', {
  rehearsable: true,
  description: 'Approves accounts that wait for it. REST: `PATCH /users/approve`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersApprove(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('usersConfirmEmail', {
  rehearsable: true,
  description: 'Confirms the e-mail addresses of accounts. REST: `PATCH /users/confirm_email`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersConfirmEmail(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('usersSuggest', {
  rehearsable: true,
  description: 'Suggests accounts to new users. REST: `PATCH /users/suggest`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersSuggest(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('usersUnsuggest', {
  rehearsable: true,
  description: 'Suggests accounts no longer. REST: `PATCH /users/unsuggest`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersUnsuggest(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('usersTag', {
  rehearsable: true,
  description: 'Adds tags to accounts, in lower case. REST: `PUT /users/tag`.',
  input: (t) => ({
    users: userList(t),
    tags: t.stringList({
      required: true,
      description: 'At most 100 tags of at most 255 characters.',
    }),
  }),
  run: (context, { users, tags }) => usersTag(context, { users: referencesOf(users), tags }),
  payload: changedUsers,
});

mutation('usersUntag', {
  rehearsable: true,
  description: 'Takes tags from accounts. REST: `DELETE /users/tag`.',
  input: (t) => ({
    users: userList(t),
    tags: t.stringList({
      required: true,
      description: 'At most 100 tags of at most 255 characters.',
    }),
  }),
  run: (context, { users, tags }) => usersUntag(context, { users: referencesOf(users), tags }),
  payload: changedUsers,
});

mutation('userGrantPermission', {
  description:
    'Makes an account admin or moderator. REST: `POST /users/:nickname/permission_group/:group`.',
  input: (t) => ({ user: oneUser(t), permission: permission(t) }),
  run: (context, { user, permission }) =>
    userGrantPermission(context, { user: referenceOf(user), permission }),
  payload: changedUser,
});

mutation('usersGrantPermission', {
  rehearsable: true,
  description: 'Makes accounts admins or moderators. REST: `POST /users/permission_group/:group`.',
  input: (t) => ({ users: userList(t), permission: permission(t) }),
  run: (context, { users, permission }) =>
    usersGrantPermission(context, { users: referencesOf(users), permission }),
  payload: changedUsers,
});

mutation('userRevokePermission', {
  description:
    'Takes a role from an account; never the admin role from oneself or from the last admin. REST: `DELETE /users/:nickname/permission_group/:group`.',
  input: (t) => ({ user: oneUser(t), permission: permission(t) }),
  run: (context, { user, permission }) =>
    userRevokePermission(context, { user: referenceOf(user), permission }),
  payload: changedUser,
});

mutation('usersRevokePermission', {
  rehearsable: true,
  description:
    'Takes a role from accounts; the caller may not be among them. REST: `DELETE /users/permission_group/:group`.',
  input: (t) => ({ users: userList(t), permission: permission(t) }),
  run: (context, { users, permission }) =>
    usersRevokePermission(context, { users: referencesOf(users), permission }),
  payload: changedUsers,
});

const follow = (t: InputBuilder) => ({
  follower: t.field({ type: UserReferenceInput, required: true, description: 'Who follows.' }),
  followed: t.field({ type: UserReferenceInput, required: true, description: 'Who is followed.' }),
});
const followPair = (t: ObjectFieldBuilder<Types, Payload<ChangedFollow | undefined>>) => ({
  follower: t.field({
    type: User,
    description: 'Who follows, as it is now.',
    resolve: ({ result }) => result?.follower,
  }),
  followed: t.field({
    type: User,
    description: 'Who is followed, as it is now.',
    resolve: ({ result }) => result?.followed,
  }),
});

mutation('userFollow', {
  description:
    'Makes one account follow another, at once and without federation; CONFLICT when that cannot be. If the instance has not met a remote account yet, it fetches the account and sends the request by a job of its own; if that fails, nobody is told. REST: `POST /users/follow`.',
  input: follow,
  run: (context, { follower, followed }) =>
    userFollow(context, { follower: referenceOf(follower), followed: referenceOf(followed) }),
  payload: (t) => ({
    ...followPair(t),
    isQueued: t.boolean({
      description:
        'Whether the instance has yet to fetch the followed account; `followed` is null then.',
      resolve: ({ result }) => result?.isQueued,
    }),
  }),
});

mutation('userUnfollow', {
  description:
    'Ends a follow or withdraws a request, without federation. REST: `POST /users/unfollow`.',
  input: follow,
  run: (context, { follower, followed }) =>
    userUnfollow(context, { follower: referenceOf(follower), followed: referenceOf(followed) }),
  payload: followPair,
});
