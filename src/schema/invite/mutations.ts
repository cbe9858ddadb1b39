import type { ObjectFieldBuilder } from '@pothos/core';
import type { InviteReference, InviteRow } from '../../database/invites.js';
import { inviteCreate } from '../../resolvers/invites/create.js';
import { inviteRedeem } from '../../resolvers/invites/redeem.js';
import { inviteRevoke } from '../../resolvers/invites/revoke.js';
import { inviteSendByEmail } from '../../resolvers/invites/send.js';
import { builder } from '../builder.js';
import { mutation, type Payload } from '../mutation.js';
import { newUserFields, newUserOf } from '../user/new-user.js';
import { User } from '../user/type.js';
import { Invite } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const theInvite = (t: ObjectFieldBuilder<Types, Payload<InviteRow>>) => ({
  invite: t.field({
    type: Invite,
    description: 'The invite as it is now.',
    resolve: ({ result }) => result,
  }),
});

const InviteReferenceInput = builder.inputType('InviteReference', {
  description: 'Names one invite in exactly one of three ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [Invite], description: 'Global id of an `Invite`.' }),
    databaseId: t.id({ description: "The instance's own number, as REST shows it." }),
    token: t.string({ description: 'Its token.' }),
  }),
});

function referenceOf(input: typeof InviteReferenceInput.$inferInput): InviteReference {
  if (input.id != null) return { databaseId: input.id.id };
  return input.databaseId != null ? { databaseId: input.databaseId } : { token: input.token };
}

mutation('inviteCreate', {
  description: 'Makes an invite; its limits decide its type. REST: `POST /users/invite_token`.',
  input: (t) => ({
    maxUse: t.int({
      description:
        'How many accounts may register with it, 1 or more; default: one, or with `expiresAt` any number.',
    }),
    expiresAt: t.field({
      type: 'Date',
      description: 'The last day it may be used (UTC), today or later; default: no end.',
    }),
  }),
  run: (context, { maxUse, expiresAt }) => inviteCreate(context, { maxUse, expiresAt }),
  payload: theInvite,
});

mutation('inviteRevoke', {
  description: 'Ends an invite; revoking twice is fine. REST: `POST /users/revoke_invite`.',
  input: (t) => ({
    invite: t.field({ type: InviteReferenceInput, required: true, description: 'Which invite.' }),
  }),
  run: (context, { invite }) => inviteRevoke(context, { invite: referenceOf(invite) }),
  payload: theInvite,
});

mutation('inviteSendByEmail', {
  description:
    'Makes a one-time invite and mails it. CONFLICT unless registration is closed and invites are enabled. When the mail cannot be sent the answer is UNAVAILABLE and the invite stays, newest of `invites`. REST: `POST /users/email_invite`.',
  input: (t) => ({
    email: t.string({ required: true, description: 'Whom to invite; at most 254 characters.' }),
    name: t.string({ description: 'For the To line; at most 200 characters, no line breaks.' }),
  }),
  run: (context, { email, name }) => inviteSendByEmail(context, { email, name: name ?? undefined }),
  payload: theInvite,
});

mutation('inviteRedeem', {
  description:
    'Registers one account by an invite, spending one use: both or neither. CONFLICT when the invite lets nobody in.',
  input: (t) => ({
    token: t.string({ required: true, description: 'The token of the invite.' }),
    ...newUserFields(t),
  }),
  run: (context, { token, ...user }) => inviteRedeem(context, { token, user: newUserOf(user) }),
  payload: (t) => ({
    user: t.field({ type: User, description: 'The new account.', resolve: ({ result }) => result }),
  }),
});
