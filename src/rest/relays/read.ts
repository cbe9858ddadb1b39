import { z } from 'zod';
import type { RelayRow } from '../../database/relays.js';
import { relaysList } from '../../resolvers/relays/list.js';
import { knownQuery } from '../known-query.js';
import { route, type Route } from '../route.js';
import { relay as relaySchema } from '../schemas/relay.js';

/** A relay as today's dialect shows it. */
export function relayJson({ actor, followedBack }: RelayRow): Record<string, unknown> {
  return { actor, followed_back: followedBack };
}

export const relayReadRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/relay',
    summary: 'The relays this instance follows or has asked to',
    operation: relaysList,
    from: knownQuery(),
    input: z.object({}),
    answers: z.object({ relays: z.array(relaySchema) }),
    example: {},
    run: async ({ context }) => ({ relays: (await relaysList(context, {})).map(relayJson) }),
  }),
];
