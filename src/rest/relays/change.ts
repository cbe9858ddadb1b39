import { z } from 'zod';
import { failure, OperationError } from '../../errors.js';
import { relayFollow } from '../../resolvers/relays/follow.js';
import { relayUnfollow } from '../../resolvers/relays/unfollow.js';
import { flag, plainText } from '../parameters.js';
import { fromBody, Refusal, route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { relay, relayAddress } from '../schemas/relay.js';

const host = /^[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?$/;

/**
 * Whatever goes wrong with a relay, every generation answers 500 and its address
 * (docs/instance/moderation.md#relays). What is neither an address nor a host is
 * a fault of the request: 400 names the field.
 */
async function orAddress<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    if (error.code !== 'INVALID' || host.test(address))
      throw new Refusal({ status: 500, body: address });
    throw failure('INVALID', error.message.replace(/^actor\b/, 'relay_url'), ['relay_url']);
  }
}

export const relayChangeRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/relay',
    summary: 'Follow a relay',
    operation: relayFollow,
    input: z.object({ relay_url: plainText }),
    answers: { v1: relay, legacy: relayAddress },
    refusals: { 500: relayAddress },
    example: { relay_url: examples.otherRelay },
    from: fromBody,
    needs: ['relay_url'],
    run: async ({ context, dialect, input: { relay_url } }) => {
      const { actor, followedBack } = await orAddress(relay_url, () =>
        relayFollow(context, { actor: relay_url }),
      );
      return dialect === 'legacy' ? actor : { actor, followed_back: followedBack };
    },
  }),
  route({
    method: 'DELETE',
    path: '/relay',
    summary: 'Unfollow a relay',
    operation: relayUnfollow,
    input: z.object({ relay_url: plainText, force: flag.nullish() }),
    answers: relayAddress,
    refusals: { 500: relayAddress },
    example: { relay_url: examples.relay },
    from: fromBody,
    needs: ['relay_url'],
    run: async ({ context, input: { relay_url, force } }) => {
      await orAddress(relay_url, () =>
        relayUnfollow(context, { actor: relay_url, force: force ?? undefined }),
      );
      return relay_url;
    },
  }),
];
