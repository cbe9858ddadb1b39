import type { InputFieldBuilder, ObjectFieldBuilder } from '@pothos/core';
import type { UserRow } from '../../database/users.js';
import type { builder } from '../builder.js';
import type { Payload } from '../mutation.js';
import { UserReferenceInput } from './inputs.js';
import { User } from './type.js';

type Types = typeof builder.$inferSchemaTypes;
export type InputBuilder = InputFieldBuilder<Types, 'InputObject'>;

/** The accounts a mutation changes. */
export const userList = (t: InputBuilder) =>
  t.field({
    type: [UserReferenceInput],
    required: true,
    description: '1 to 100 accounts; all or none.',
  });
/** The account a mutation changes. */
export const oneUser = (t: InputBuilder) =>
  t.field({ type: UserReferenceInput, required: true, description: 'Which account.' });

/** The payload of a mutation that changed accounts. */
export const changedUsers = (t: ObjectFieldBuilder<Types, Payload<UserRow[]>>) => ({
  users: t.field({
    type: [User],
    description: 'The accounts as they are now, in input order.',
    resolve: ({ result }) => result,
  }),
});
/** The payload of a mutation that changed one. */
export const changedUser = (t: ObjectFieldBuilder<Types, Payload<UserRow>>) => ({
  user: t.field({
    type: User,
    description: 'The account as it is now.',
    resolve: ({ result }) => result,
  }),
});
