import { findAppByNumber, type AppReference, type AppRow } from '../../database/oauth-apps.js';
import { oauthAppsList } from '../../resolvers/oauth-apps/list.js';
import { builder } from '../builder.js';
import { serialNumber } from '../connection.js';
import { nodeAccess } from '../node-access.js';

nodeAccess('OAuthApp', oauthAppsList, 'number');

/** A client program that may ask for tokens. */
export const OAuthApp = builder.objectRef<AppRow>('OAuthApp');

builder.node(OAuthApp, {
  description:
    'A client program that may ask for tokens. Only admins with `admin:write` see any: the secret is shown with it.',
  id: { resolve: ({ id }) => String(id), description: 'Global id, for `node` and caches.' },
  loadOne: (id, { operation }) => {
    const number = serialNumber(id);
    return number === undefined ? null : findAppByNumber(operation.database.prisma, number);
  },
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own number, as REST shows it.",
      resolve: ({ id }) => String(id),
    }),
    name: t.exposeString('clientName', { nullable: false, description: 'What it calls itself.' }),
    clientId: t.exposeString('clientId', { description: 'By which it says who it is.' }),
    clientSecret: t.exposeString('clientSecret', { description: 'By which it proves it.' }),
    redirectUris: t.stringList({
      nullable: false,
      description: 'Where its users may be sent back to.',
      resolve: ({ redirectUris }) => redirectUris.split(/\s+/).filter((uri) => uri !== ''),
    }),
    scopes: t.exposeStringList('scopes', { nullable: false, description: 'What it may ask for.' }),
    website: t.exposeString('website', { description: 'Its home page.' }),
    trusted: t.boolean({
      nullable: false,
      description: 'Whether its users are let in without being asked.',
      resolve: ({ trusted }) => trusted ?? false,
    }),
    createdAt: t.expose('insertedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was registered.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it last changed.',
    }),
  }),
});

export const OAuthAppReferenceInput = builder.inputType('OAuthAppReference', {
  description: 'Names one app in exactly one of three ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [OAuthApp], description: 'Global id of an `OAuthApp`.' }),
    databaseId: t.id({ description: "The instance's own number, as REST shows it." }),
    clientId: t.string({ description: 'Its client id.' }),
  }),
});

/** The reference as operations take it. */
export function appReferenceOf(input: typeof OAuthAppReferenceInput.$inferInput): AppReference {
  if (input.id != null) return { databaseId: input.id.id };
  return input.databaseId != null ? { databaseId: input.databaseId } : { clientId: input.clientId };
}
