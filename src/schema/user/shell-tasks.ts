import { userDeleteActivities } from '../../resolvers/users/delete-activities.js';
import { userFixFollowState } from '../../resolvers/users/fix-follow-state.js';
import { userUpdateFlags } from '../../resolvers/users/flags.js';
import { usersSignOut } from '../../resolvers/users/sign-out.js';
import { userToggleConfirmed } from '../../resolvers/users/toggle-confirmed.js';
import { mutation } from '../mutation.js';
import { referenceOf, referencesOf, UserReferenceInput } from './inputs.js';
import { changedUser, oneUser, userList } from './mutation-parts.js';
import { User } from './type.js';

/** One request must end within its time limit. */
const maxActivities = 5_000;

mutation('usersSignOut', {
  rehearsable: true,
  description:
    'Signs local accounts out of every application: their tokens and authorizations are deleted. Shell: `user sign_out`.',
  input: (t) => ({ users: userList(t) }),
  run: (context, { users }) => usersSignOut(context, { users: referencesOf(users) }),
  payload: (t) => ({
    users: t.field({
      type: [User],
      description: 'The accounts, in input order.',
      resolve: ({ result }) => result?.users,
    }),
    tokensCount: t.int({
      description: 'How many tokens are gone.',
      resolve: ({ result }) => result?.tokens,
    }),
    authorizationsCount: t.int({
      description: 'How many authorizations are gone.',
      resolve: ({ result }) => result?.authorizations,
    }),
  }),
});

mutation('userUpdateFlags', {
  description:
    'Sets roles, confirmation and lock of a local account at once; what is absent stays. Making unconfirmed gives a new confirmation token and sends no mail. Shell: `user set`.',
  input: (t) => ({
    user: oneUser(t),
    isAdmin: t.boolean({
      description: 'Has the admin role; never taken from oneself or from the last admin.',
    }),
    isConfirmed: t.boolean({ description: 'Has confirmed its e-mail address.' }),
    isLocked: t.boolean({ description: 'Approves followers by hand.' }),
    isModerator: t.boolean({ description: 'Has the moderator role.' }),
  }),
  run: (context, { user, isAdmin, isConfirmed, isLocked, isModerator }) =>
    userUpdateFlags(context, {
      user: referenceOf(user),
      isAdmin: isAdmin ?? undefined,
      isConfirmed: isConfirmed ?? undefined,
      isLocked: isLocked ?? undefined,
      isModerator: isModerator ?? undefined,
    }),
  payload: changedUser,
});

mutation('userToggleConfirmed', {
  description:
    'Confirms an unconfirmed account, makes a confirmed one unconfirmed; sends no mail. Shell: `user toggle_confirmed`.',
  deprecationReason:
    'A request that is sent twice undoes itself. Use `usersConfirmEmail` or `userUpdateFlags`.',
  input: (t) => ({ user: oneUser(t) }),
  run: (context, { user }) => userToggleConfirmed(context, { user: referenceOf(user) }),
  payload: changedUser,
});

mutation('userDeleteActivities', {
  description:
    'Deletes the statuses of a local account and takes its likes and boosts back, oldest first, in its own name. Not all at once: call again while `remainingCount` is not 0. Cannot be undone. Shell: `user delete_activities`.',
  input: (t) => ({
    user: oneUser(t),
    limit: t.int({
      description: `At most so many activities; default and maximum ${String(maxActivities)}.`,
    }),
    dryRun: t.boolean({ description: 'Only counts, and writes nothing.' }),
  }),
  run: (context, { user, limit, dryRun }) =>
    userDeleteActivities(context, {
      user: referenceOf(user),
      limit: Math.min(limit ?? maxActivities, maxActivities),
      dryRun: dryRun ?? false,
    }),
  payload: (t) => ({
    user: t.field({
      type: User,
      description: 'The account.',
      resolve: ({ result }) => result?.user,
    }),
    statusesCount: t.int({
      description: 'How many statuses are deleted; of a dry run how many there are.',
      resolve: ({ result }) => result?.statuses,
    }),
    reactionsCount: t.int({
      description: 'How many likes and boosts are taken back; of a dry run how many there are.',
      resolve: ({ result }) => result?.reactions,
    }),
    remainingCount: t.int({
      description: 'How many activities are left to do.',
      resolve: ({ result }) => result?.remaining,
    }),
  }),
});

mutation('userFixFollowState', {
  description:
    'Repairs a follow that was accepted but does not exist, by rejecting the request on behalf of the followed account. Any other state is left unchanged. Shell: `user fix_follow_state`.',
  input: (t) => ({
    follower: t.field({
      type: UserReferenceInput,
      required: true,
      description: 'Who asked to follow.',
    }),
    followed: t.field({
      type: UserReferenceInput,
      required: true,
      description: 'Who was to be followed.',
    }),
  }),
  run: (context, { follower, followed }) =>
    userFixFollowState(context, {
      follower: referenceOf(follower),
      followed: referenceOf(followed),
    }),
  payload: (t) => ({
    follower: t.field({
      type: User,
      description: 'Who asked to follow.',
      resolve: ({ result }) => result?.follower,
    }),
    followed: t.field({
      type: User,
      description: 'Who was to be followed.',
      resolve: ({ result }) => result?.followed,
    }),
    requestState: t.string({
      description:
        'What the newest request said: `pending`, `accept` or `reject`; `pending` when it has no state.',
      resolve: ({ result }) => result?.requestState,
    }),
    isFollowing: t.boolean({
      description: 'Whether the follow was there.',
      resolve: ({ result }) => result?.isFollowing,
    }),
    isFixed: t.boolean({
      description: 'Whether there was something to mend.',
      resolve: ({ result }) => result?.isFixed,
    }),
  }),
});
