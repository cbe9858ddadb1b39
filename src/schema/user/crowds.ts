import type { ObjectFieldBuilder } from '@pothos/core';
import type { UserRow } from '../../database/users.js';
import type { Preview } from '../../resolvers/preview.js';
import {
  usersConfirmAll,
  usersUnconfirmAll,
  type EverybodyInput,
} from '../../resolvers/users/confirm-all.js';
import { instanceDeactivateUsers } from '../../resolvers/users/instance-accounts.js';
import { instanceDelete } from '../../resolvers/users/instance-delete.js';
import { usersUnsubscribe } from '../../resolvers/users/unsubscribe.js';
import type { builder } from '../builder.js';
import { listSize } from '../lists.js';
import { mutation, type Payload } from '../mutation.js';
import { referencesOf } from './inputs.js';
import { userList, type InputBuilder } from './mutation-parts.js';
import { User } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const previewed = (t: InputBuilder) => ({
  dryRun: t.boolean({ description: 'Only says which accounts it would be, and writes nothing.' }),
  previewToken: t.string({
    description:
      'From the dry run. Required for more than 25 accounts; refused if the accounts have changed since.',
  }),
});

const preview = (t: ObjectFieldBuilder<Types, Payload<Preview<UserRow>>>) => ({
  count: t.int({
    description: 'How many accounts it is about.',
    resolve: ({ result }) => result?.count,
  }),
  sample: t.field({
    type: [User],
    extensions: listSize(20),
    description: 'The first 20 of them, oldest first, as they are now.',
    resolve: ({ result }) => result && [...result.sample],
  }),
  previewToken: t.string({
    description: 'Stands for exactly these accounts.',
    resolve: ({ result }) => result?.previewToken,
  }),
});

const remoteFollows = (t: InputBuilder) =>
  t.boolean({
    description:
      'Also removes their follows on other instances, as `user unsubscribe` at the shell.',
  });

mutation('usersUnsubscribe', {
  rehearsable: true,
  description:
    'Deactivates accounts and takes the follows between them and local accounts away, without federation; inactive ones stay as they are, unless with `remoteFollows`. Shell: `user deactivate`, `user unsubscribe`.',
  input: (t) => ({ users: userList(t), remoteFollows: remoteFollows(t) }),
  run: (context, { users, remoteFollows: remote }) =>
    usersUnsubscribe(context, { users: referencesOf(users), remoteFollows: remote ?? false }),
  payload: (t) => ({
    users: t.field({
      type: [User],
      description: 'The accounts as they are now, in input order.',
      resolve: ({ result }) => result?.users,
    }),
    removedCount: t.int({
      description:
        'How many other accounts were unsubscribed, each counted once for each of these.',
      resolve: ({ result }) => result?.unsubscribed.reduce((sum, { from }) => sum + from.length, 0),
    }),
  }),
});

mutation('instanceDeactivateUsers', {
  description:
    'Deactivates every account of another instance and takes the follows between them and local accounts away. The host must match as a whole. Shell: `user deactivate_all_from_instance`, `user unsubscribe_all_from_instance`.',
  input: (t) => ({
    instance: t.string({ required: true, description: 'Host of the instance; not this one.' }),
    subdomains: t.boolean({ description: 'Also hosts below it.' }),
    remoteFollows: remoteFollows(t),
    ...previewed(t),
  }),
  run: (context, { instance, ...given }) =>
    instanceDeactivateUsers(context, { instance, ...withoutNulls(given) }),
  payload: preview,
});

mutation('instanceDelete', {
  description:
    'Has the instance delete every account of another instance, with their statuses, by its own job. Cannot be undone. The job takes every host that begins like the given one: CONFLICT names the others, and nothing is done. REST: `DELETE /instances/:host`. Shell: `user delete_instance`.',
  input: (t) => ({
    instance: t.string({ required: true, description: 'Host of the instance; not this one.' }),
    ...previewed(t),
  }),
  run: (context, { instance, ...given }) =>
    instanceDelete(context, { instance, ...withoutNulls(given) }),
  payload: preview,
});

mutation('usersConfirmAll', {
  description:
    'Confirms the e-mail address of every regular account: local, active, visible, no staff. Sends no mail. Shell: `user confirm_all`.',
  input: previewed,
  run: (context, input) => usersConfirmAll(context, withoutNulls<EverybodyInput>(input)),
  payload: preview,
});

mutation('usersUnconfirmAll', {
  description:
    'Makes every regular account unconfirmed, with a new token each: local, active, visible, no staff. Sends no mail. Shell: `user unconfirm_all`.',
  input: previewed,
  run: (context, input) => usersUnconfirmAll(context, withoutNulls<EverybodyInput>(input)),
  payload: preview,
});

/** Null means the same as absent here. */
function withoutNulls<Plain extends object>(given: {
  readonly [Key in keyof Plain]: Plain[Key] | null;
}): Plain {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Plain;
}
