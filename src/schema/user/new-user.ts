import type { InputFieldBuilder } from '@pothos/core';
import type { NewUser as NewUserInput } from '../../resolvers/users/new-user.js';
import { builder } from '../builder.js';

/** What is told of a local account to create. */
export const newUserFields = (
  t: InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>,
) => ({
  nickname: t.string({
    required: true,
    description: 'Letters, digits, `_` and `-`; at most 180 characters; not reserved, not taken.',
  }),
  email: t.string({ description: 'Needed when the instance asks for confirmation.' }),
  password: t.string({ required: true, description: '1 to 1,000 characters.' }),
  name: t.string({
    description:
      'Display name; default: the nickname. At most 100 characters unless the instance says otherwise.',
  }),
  bio: t.string({ description: 'At most 5,000 characters unless the instance says otherwise.' }),
});

/** A local account to create. */
export const NewUser = builder.inputType('NewUser', {
  description: 'A local account to create.',
  fields: (t) => ({
    ...newUserFields(t),
    inviteToken: t.string({
      description: 'An invite to spend one use of; CONFLICT when it lets nobody in.',
    }),
  }),
});

/** The account as operations take it. */
export function newUserOf({
  name,
  bio,
  inviteToken,
  ...user
}: Omit<typeof NewUser.$inferInput, 'inviteToken'> & {
  readonly inviteToken?: string | null | undefined;
}): NewUserInput {
  return {
    ...user,
    name: name ?? undefined,
    bio: bio ?? undefined,
    inviteToken: inviteToken ?? undefined,
  };
}
