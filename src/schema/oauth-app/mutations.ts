import type { ObjectFieldBuilder } from '@pothos/core';
import type { AppRow } from '../../database/oauth-apps.js';
import { oauthAppCreate } from '../../resolvers/oauth-apps/create.js';
import { oauthAppDelete } from '../../resolvers/oauth-apps/delete.js';
import { oauthAppUpdate } from '../../resolvers/oauth-apps/update.js';
import type { builder } from '../builder.js';
import { mutation, type Payload } from '../mutation.js';
import { appReferenceOf, OAuthApp, OAuthAppReferenceInput } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const theApp = (description: string) => (t: ObjectFieldBuilder<Types, Payload<AppRow>>) => ({
  app: t.field({ type: OAuthApp, description, resolve: ({ result }) => result }),
});

mutation('oauthAppCreate', {
  description: 'Registers a client program with a new id and secret. REST: `POST /oauth_app`.',
  input: (t) => ({
    name: t.string({
      required: true,
      description: 'What it calls itself; at most 255 characters.',
    }),
    redirectUris: t.stringList({
      required: true,
      description: 'Where its users may be sent back to; together at most 255 characters.',
    }),
    scopes: t.stringList({ description: 'What it may ask for, at most 100; default: nothing.' }),
    website: t.string({ description: 'Its home page; at most 255 characters.' }),
    trusted: t.boolean({ description: 'Its users are let in without being asked; default: no.' }),
  }),
  run: (context, { redirectUris, scopes, trusted, ...input }) =>
    oauthAppCreate(context, {
      ...input,
      redirectUris: redirectUris.join(' '),
      scopes: scopes ?? undefined,
      trusted: trusted ?? undefined,
    }),
  payload: theApp('The new app.'),
});

mutation('oauthAppUpdate', {
  description:
    'Changes a client program; what is not given stays, and so do the scopes of tokens made before. REST: `PATCH /oauth_app/:id`.',
  input: (t) => ({
    app: t.field({ type: OAuthAppReferenceInput, required: true, description: 'Which app.' }),
    name: t.string({ description: 'What it calls itself; at most 255 characters.' }),
    redirectUris: t.stringList({
      description: 'Where its users may be sent back to; together at most 255 characters.',
    }),
    scopes: t.stringList({ description: 'What it may ask for from now on, at most 100.' }),
    website: t.string({ description: 'Its home page; null = none.' }),
    trusted: t.boolean({ description: 'Its users are let in without being asked.' }),
  }),
  run: (context, { app, name, redirectUris, scopes, website, trusted }) =>
    oauthAppUpdate(context, {
      app: appReferenceOf(app),
      name: name ?? undefined,
      redirectUris: redirectUris?.join(' '),
      scopes: scopes ?? undefined,
      website,
      trusted: trusted ?? undefined,
    }),
  payload: theApp('The app as it is now.'),
});

mutation('oauthAppDelete', {
  description:
    'Removes a client program. CONFLICT while somebody is logged in with it, unless `revokeTokens` is set. REST: `DELETE /oauth_app/:id`.',
  input: (t) => ({
    app: t.field({ type: OAuthAppReferenceInput, required: true, description: 'Which app.' }),
    revokeTokens: t.boolean({ description: 'Also end every token made for it; default: no.' }),
  }),
  run: (context, { app, revokeTokens }) =>
    oauthAppDelete(context, { app: appReferenceOf(app), revokeTokens: revokeTokens ?? undefined }),
  payload: theApp('The app as it was.'),
});
