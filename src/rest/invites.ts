import { z } from 'zod';
import { OperationError } from '../errors.js';
import { inviteCreate } from '../resolvers/invites/create.js';
import { invitesList } from '../resolvers/invites/list.js';
import { inviteRevoke } from '../resolvers/invites/revoke.js';
import { inviteSendByEmail } from '../resolvers/invites/send.js';
import type { Dialect } from './dialect.js';
import { calendarDay, integer, plainText } from './parameters.js';
import type { Parameters } from './request.js';
import { Refusal, route, type RawParameters, type Route } from './route.js';
import { examples } from './schemas/examples.js';
import { invite as inviteSchema } from './schemas/invite.js';
import { nothing, shown } from './schemas/parts.js';
import { inviteAnswer } from './serialize/invite.js';

const limits = z.object({ max_use: integer.optional(), expires_at: calendarDay.optional() });

/** Documents put the limits into `invite[…]`, the v1 API beside each other; both are taken. */
function limitsOf({ query, body }: RawParameters): Parameters {
  const given: Parameters = { ...query, ...body };
  const { invite } = given;
  return typeof invite === 'object' ? { ...given, ...invite } : given;
}

/**
 * The instance answers 400 whatever keeps an invitation from being mailed
 * (docs/instance/accounts.md#invites).
 */
function unsent(error: unknown, dialect: Dialect): unknown {
  if (!(error instanceof OperationError) || !['CONFLICT', 'UNAVAILABLE'].includes(error.code))
    return error;
  return new Refusal({
    status: 400,
    body: dialect === 'legacy' ? error.message : { error: error.message },
  });
}

export const inviteRoutes: readonly Route[] = [
  ...(['GET', 'POST'] as const).map((method) =>
    route({
      method,
      path: '/users/invite_token',
      // Today's instance takes the name for a nickname: no GET there makes anything.
      dialects: method === 'GET' ? ['legacy'] : ['legacy', 'v1'],
      summary: method === 'GET' ? 'Make an invite; the answer is its token' : 'Make an invite',
      operation: inviteCreate,
      input: limits,
      answers: method === 'GET' ? shown(z.string(), examples.inviteToken) : inviteSchema,
      example: { max_use: 10, expires_at: '2027-04-07' },
      from: limitsOf,
      run: async ({ context, input }) => {
        const invite = await inviteCreate(context, {
          maxUse: input.max_use,
          expiresAt: input.expires_at,
          lenient: true,
        });
        return method === 'GET' ? invite.token : inviteAnswer(invite);
      },
    }),
  ),
  route({
    method: 'GET',
    path: '/users/invites',
    summary: 'All invites, oldest first',
    operation: invitesList,
    input: z.object({}),
    answers: z.object({ invites: z.array(inviteSchema) }),
    example: {},
    run: async ({ context }) => ({
      invites: (await invitesList(context, { stretch: { oldestFirst: true } })).map(inviteAnswer),
    }),
  }),
  route({
    method: 'POST',
    path: '/users/revoke_invite',
    summary: 'End an invite',
    operation: inviteRevoke,
    input: z.object({ token: plainText }),
    answers: inviteSchema,
    example: { token: examples.inviteToken },
    run: async ({ context, input }) =>
      inviteAnswer(await inviteRevoke(context, { invite: { token: input.token } })),
  }),
  route({
    method: 'POST',
    path: '/users/email_invite',
    summary: 'Make a one-time invite and mail it',
    operation: inviteSendByEmail,
    input: z.object({ email: plainText, name: plainText.optional() }),
    answers: nothing,
    example: { email: 'marlo@mail.example', name: 'Marlo' },
    status: 204,
    run: async ({ context, dialect, input }) => {
      try {
        await inviteSendByEmail(context, input);
      } catch (error) {
        throw unsent(error, dialect);
      }
    },
  }),
];
