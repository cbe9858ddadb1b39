import type { Context, Hono } from 'hono';
import type { Attempts } from '../../auth/attempts.js';
import type { OperationContext } from '../../context.js';
import { peersOf } from '../../resolvers/oauth/figures.js';
import { ownAccount } from '../../resolvers/oauth/own-account.js';
import { revokeToken } from '../../resolvers/oauth/revoke.js';
import type { RestDependencies } from '../app.js';
import { respond } from '../respond.js';
import { ownAccountAnswer } from '../serialize/own-account.js';
import { faultAnswer } from './faults.js';
import { instanceAnswer, nodeinfo, nodeinfoLinks } from './instance.js';
import { register } from './register.js';
import { clientOf, parametersOf } from './request.js';
import { challenge, needed, token, type TokenRequest } from './token.js';

/** What the server lends these routes. */
export interface OAuthDependencies extends RestDependencies {
  readonly attempts: Attempts;
  /** Whom a request comes from; attempts are counted by it. */
  readonly addressOf: (request: Request) => string;
  /** The context of a request whose credentials are not looked at. */
  readonly visitorOf: (request: Request) => OperationContext;
}

/**
 * What a dashboard needs to log in and to show its first page
 * (docs/instance/admin-fe.md#log-in-and-shell), on the instance's own tables: a token made here
 * works
 * there, and the other way round.
 */
export function mountOAuth(
  app: Hono,
  { contextOf, visitorOf, addressOf, attempts, reportFault }: OAuthDependencies,
): void {
  const guarded =
    (answer: (c: Context) => Promise<unknown>) =>
    async (c: Context): Promise<Response> => {
      try {
        return respond({ status: 200, body: await answer(c) });
      } catch (error) {
        const refusal = faultAnswer(error);
        if (refusal) return respond(refusal);
        reportFault(c.req.raw, error);
        return respond({ status: 500, body: { error: 'Something went wrong' } });
      }
    };
  const tokenRequest = async (c: Context): Promise<TokenRequest> => {
    const parameters = await parametersOf(c);
    return {
      context: visitorOf(c.req.raw),
      parameters,
      client: clientOf(c, parameters),
      attempts,
      address: addressOf(c.req.raw),
    };
  };
  app.post(
    '/api/v1/apps',
    guarded(async (c) => register(await contextOf(c.req.raw), await parametersOf(c))),
  );
  app.post(
    '/oauth/token',
    guarded(async (c) => token(await tokenRequest(c))),
  );
  app.post(
    '/oauth/mfa/challenge',
    guarded(async (c) => challenge(await tokenRequest(c))),
  );
  app.post(
    '/oauth/revoke',
    guarded(async (c) => {
      await revokeToken(visitorOf(c.req.raw), needed(await parametersOf(c), 'token'));
      return {};
    }),
  );
  app.get(
    '/api/v1/accounts/verify_credentials',
    guarded(async (c) => {
      const context = await contextOf(c.req.raw);
      return ownAccountAnswer(
        await ownAccount(context),
        await context.instance(),
        context.database.family,
      );
    }),
  );
  app.get(
    '/api/v1/instance',
    guarded((c) => instanceAnswer(visitorOf(c.req.raw))),
  );
  app.get(
    '/api/v1/instance/peers',
    guarded((c) => peersOf(visitorOf(c.req.raw))),
  );
  app.get(
    '/.well-known/nodeinfo',
    guarded((c) => nodeinfoLinks(visitorOf(c.req.raw))),
  );
  for (const version of ['2.0', '2.1'] as const)
    app.get(
      `/nodeinfo/${version}.json`,
      guarded((c) => nodeinfo(visitorOf(c.req.raw), version)),
    );
}
