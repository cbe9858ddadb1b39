import { userUpdateCredentials } from '../../resolvers/users/credentials.js';
import { userRequestBackup } from '../../resolvers/users/backup.js';
import { userResetMfa } from '../../resolvers/users/mfa.js';
import {
  userCreatePasswordResetLink,
  userSendPasswordResetLink,
  usersForcePasswordReset,
} from '../../resolvers/users/password-reset.js';
import { usersResendConfirmationEmail } from '../../resolvers/users/resend-confirmation.js';
import { builder } from '../builder.js';
import { mutation } from '../mutation.js';
import { MessageSenders } from './credentials.js';
import { referenceOf, referencesOf } from './inputs.js';
import { changedUser, changedUsers, oneUser, userList } from './mutation-parts.js';
import { User } from './type.js';

mutation('userCreatePasswordResetLink', {
  description:
    'Makes a link by which whoever has it sets a new password; links made before stay valid. REST: `GET /users/:nickname/password_reset`.',
  input: (t) => ({ user: oneUser(t) }),
  run: (context, { user }) => userCreatePasswordResetLink(context, { user: referenceOf(user) }),
  payload: (t) => ({
    user: t.field({
      type: User,
      description: 'The account it is for.',
      resolve: ({ result }) => result?.user,
    }),
    link: t.string({
      description: 'The page of the instance to open. A secret.',
      resolve: ({ result }) => result?.link,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when the link works.',
      resolve: ({ result }) => result?.expiresAt,
    }),
  }),
});

mutation('userSendPasswordResetLink', {
  description:
    'Makes such a link and mails it to the account. UNAVAILABLE when the mail cannot be sent; the link works all the same.',
  input: (t) => ({ user: oneUser(t) }),
  run: (context, { user }) => userSendPasswordResetLink(context, { user: referenceOf(user) }),
  payload: changedUser,
});

mutation('usersForcePasswordReset', {
  rehearsable: true,
  description:
    'Requires local accounts to set a new password; the instance does it by a job of its own. REST: `PATCH /users/force_password_reset`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersForcePasswordReset(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('userResetMfa', {
  description: 'Turns the second factor of an account off. REST: `PUT /users/disable_mfa`.',
  input: (t) => ({ user: oneUser(t) }),
  run: (context, { user }) => userResetMfa(context, { user: referenceOf(user) }),
  payload: changedUser,
});

mutation('usersResendConfirmationEmail', {
  rehearsable: true,
  description:
    'Mails accounts once more how to confirm their address; CONFLICT for those that have confirmed it. REST: `PATCH /users/resend_confirmation_email`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) =>
    usersResendConfirmationEmail(context, { users: referencesOf(users) }),
  payload: changedUsers,
});

mutation('userRequestBackup', {
  description:
    "Asks the instance for an archive of a local account's statuses. REST: `POST /backups`.",
  input: (t) => ({ user: oneUser(t) }),
  run: (context, { user }) => userRequestBackup(context, { user: referenceOf(user) }),
  payload: changedUser,
});

const ProfileFieldInput = builder.inputType('ProfileFieldInput', {
  description: 'A line of a profile.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'At most 512 characters unless the instance says otherwise; an entry with an empty name is left out.',
    }),
    value: t.string({
      required: true,
      description:
        'Plain text; with the links made of it at most 2,048 characters unless the instance says otherwise.',
    }),
  }),
});

mutation('userUpdateCredentials', {
  description:
    'Changes what an account has set for itself; what is not given stays. A new password ends every session, and its owner must replace it. REST: `PATCH /users/:nickname/credentials`.',
  input: (t) => ({
    user: oneUser(t),
    email: t.string({
      description: 'At most 254 characters, not taken; null clears. Local accounts only.',
    }),
    password: t.string({ description: '1 to 1,000 characters. Local accounts only.' }),
    name: t.string({
      description:
        'Display name; null clears. At most 100 characters unless the instance says otherwise.',
    }),
    bio: t.string({
      description:
        'Plain text, in which addresses, hashtags and accounts become links; at most 5,000 characters unless the instance says otherwise.',
    }),
    actorType: t.string({ description: '`Person` or `Service`.' }),
    defaultScope: t.string({
      description:
        'Visibility of new statuses: `public`, `unlisted`, `private`, `direct` or `local`.',
    }),
    isLocked: t.boolean({ description: 'Approves followers by hand.' }),
    isDiscoverable: t.boolean({ description: 'May be shown in directories.' }),
    noRichText: t.boolean({ description: 'Sees statuses without formatting.' }),
    hideFollowers: t.boolean({ description: 'Does not show its followers.' }),
    hideFollowersCount: t.boolean({ description: 'Does not show how many followers it has.' }),
    hideFollows: t.boolean({ description: 'Does not show whom it follows.' }),
    hideFollowsCount: t.boolean({ description: 'Does not show how many it follows.' }),
    hideFavorites: t.boolean({ description: 'Does not show what it likes.' }),
    allowFollowingMove: t.boolean({ description: 'Follows accounts that move.' }),
    showRole: t.boolean({ description: 'Shows its staff role.' }),
    skipThreadContainment: t.boolean({ description: 'Sees replies to statuses it may not see.' }),
    fields: t.field({
      type: [ProfileFieldInput],
      description:
        'All lines of the profile; at most 10 unless the instance says otherwise. An empty list clears.',
    }),
    acceptsDirectMessagesFrom: t.field({
      type: MessageSenders,
      description: 'Who may write direct messages to it. Akkoma only, elsewhere INVALID.',
    }),
    statusTtlDays: t.int({
      description:
        'Days after which new statuses expire, 1 to 2,900,000; null for never. Akkoma only, elsewhere INVALID.',
    }),
    permitFollowback: t.boolean({
      description:
        'Accepts follow requests of accounts it follows. Akkoma only, elsewhere INVALID.',
    }),
  }),
  run: (context, { user, email, name, statusTtlDays, fields, ...rest }) => {
    const given = Object.fromEntries(
      Object.entries(rest).map(([field, value]) => [field, value ?? undefined]),
    );
    return userUpdateCredentials(context, {
      user: referenceOf(user),
      changes: {
        ...given,
        email,
        statusTtlDays,
        name: name === '' ? null : name,
        rawFields: fields ?? undefined,
      },
    });
  },
  payload: changedUser,
});
