import { z } from 'zod';
import type { AppReference, AppRow } from '../database/oauth-apps.js';
import { OperationError } from '../errors.js';
import { oauthAppCreate } from '../resolvers/oauth-apps/create.js';
import { oauthAppDelete } from '../resolvers/oauth-apps/delete.js';
import { oauthAppsCount, oauthAppsList } from '../resolvers/oauth-apps/list.js';
import { oauthAppUpdate } from '../resolvers/oauth-apps/update.js';
import { knownQuery } from './known-query.js';
import {
  looseBoolean,
  optionalFlag,
  optionalText,
  plainText,
  texts,
  wholeNumber,
} from './parameters.js';
import { fromBody, Refusal, route, type RestRequest, type Route } from './route.js';
import { examples } from './schemas/examples.js';
import { adminApp } from './schemas/oauth-app.js';
import { count, nothing } from './schemas/parts.js';
import { oauthAppAnswer } from './serialize/oauth-app.js';

const maxPageSize = 1_000;
const optional = {
  scopes: texts.optional(),
  website: plainText.nullish(),
  trusted: looseBoolean.optional(),
};
const id = z.object({ id: z.string() });
const unknownApp = { 400: z.literal('') };

async function appAnswer(
  { context }: RestRequest<unknown>,
  app: AppRow,
): Promise<Record<string, unknown>> {
  return oauthAppAnswer(app, (await context.instance()).vapidPublicKey);
}

/** The instance says nothing about an app there is none of, but 400. */
async function unlessUnknown<Result>(
  work: (app: AppReference) => Promise<Result>,
  databaseId: string,
): Promise<Result> {
  try {
    return await work({ databaseId });
  } catch (error) {
    throw error instanceof OperationError && error.code === 'NOT_FOUND'
      ? new Refusal({ status: 400, body: '' })
      : error;
  }
}

export const oauthAppRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/oauth_app',
    summary:
      'Client programs, trusted ones only when asked for; `count` is that of all, as the instance has it',
    operation: oauthAppsList,
    from: knownQuery('name', 'client_id', 'trusted', 'page', 'page_size'),
    input: z.object({
      name: optionalText,
      client_id: optionalText,
      trusted: optionalFlag,
      page: wholeNumber({ min: 1, max: 1_000_000, fallback: 1 }),
      page_size: wholeNumber({ min: 0, max: maxPageSize, fallback: 50 }),
    }),
    answers: z.object({ apps: z.array(adminApp), count, page_size: count }),
    example: { page: 1, page_size: 50 },
    run: async (request) => {
      const {
        context,
        input: { name, client_id: clientId, trusted = false, page, page_size: limit },
      } = request;
      const apps = await oauthAppsList(context, {
        criteria: { name, clientId, trusted },
        stretch: { limit, offset: (page - 1) * limit, oldestFirst: true },
      });
      return {
        apps: await Promise.all(apps.map((app) => appAnswer(request, app))),
        count: await oauthAppsCount(context, {}),
        page_size: limit,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/oauth_app',
    summary: 'Register a client program',
    operation: oauthAppCreate,
    from: fromBody,
    input: z.object({ name: plainText, redirect_uris: plainText, ...optional }),
    answers: adminApp,
    example: {
      name: 'A dashboard',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: ['read'],
      website: null,
      trusted: false,
    },
    run: async (request) => {
      const { redirect_uris: redirectUris, ...rest } = request.input;
      return appAnswer(request, await oauthAppCreate(request.context, { ...rest, redirectUris }));
    },
  }),
  route({
    method: 'PATCH',
    path: '/oauth_app/:id',
    summary: 'Change a client program',
    operation: oauthAppUpdate,
    input: id.extend({
      name: plainText.optional(),
      redirect_uris: plainText.optional(),
      ...optional,
    }),
    from: fromBody,
    answers: adminApp,
    refusals: unknownApp,
    example: { id: examples.appId, name: 'Another dashboard', trusted: true },
    run: async (request) => {
      const { id: number, redirect_uris: redirectUris, ...rest } = request.input;
      return appAnswer(
        request,
        await unlessUnknown(
          (app) => oauthAppUpdate(request.context, { app, ...rest, redirectUris }),
          number,
        ),
      );
    },
  }),
  route({
    method: 'DELETE',
    path: '/oauth_app/:id',
    summary: 'Remove a client program nobody is logged in with',
    operation: oauthAppDelete,
    input: id,
    answers: nothing,
    refusals: unknownApp,
    example: { id: examples.appId },
    status: 204,
    run: async ({ context, input }) =>
      void (await unlessUnknown((app) => oauthAppDelete(context, { app }), input.id)),
  }),
];
