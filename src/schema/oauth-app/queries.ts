import { oauthAppsCount, oauthAppsList } from '../../resolvers/oauth-apps/list.js';
import { builder } from '../builder.js';
import { serialConnection } from '../connection.js';
import { OAuthApp } from './type.js';

const OAuthAppFilter = builder.inputType('OAuthAppFilter', {
  description: 'All given conditions must match; texts must match in full.',
  fields: (t) => ({
    name: t.string({ description: 'Called so.' }),
    clientId: t.string({ description: 'With this client id.' }),
    trusted: t.boolean({ description: 'Trusted, or not.' }),
  }),
});

builder.queryField('oauthApps', (t) =>
  t.connection(
    {
      type: OAuthApp,
      description:
        'Client programs, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /oauth_app`.',
      args: { filter: t.arg({ type: OAuthAppFilter, description: 'Which apps.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const criteria = {
          name: filter?.name ?? undefined,
          clientId: filter?.clientId ?? undefined,
          trusted: filter?.trusted ?? undefined,
        };
        return serialConnection(
          args,
          ({ reversed, ...stretch }) =>
            oauthAppsList(operation, { criteria, stretch: { ...stretch, oldestFirst: reversed } }),
          () => oauthAppsCount(operation, { criteria }),
        );
      },
    },
    {
      name: 'OAuthAppConnection',
      description: 'A page of client programs.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many match, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'OAuthAppEdge', description: 'A client program and where it stands in the list.' },
  ),
);
