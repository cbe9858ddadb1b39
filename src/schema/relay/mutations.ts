import { relayFollow } from '../../resolvers/relays/follow.js';
import { relayUnfollow } from '../../resolvers/relays/unfollow.js';
import { mutation } from '../mutation.js';
import { Relay } from './type.js';

mutation('relayFollow', {
  description:
    'Asks a relay for its posts. The answer comes later. If the instance has not met the actor yet, it fetches the actor and sends the request by a job of its own; if that fails, the relay never appears in `relays`. Admins with `admin:write:follows` only. REST: `POST /relay`.',
  input: (t) => ({
    actor: t.string({ required: true, description: "ActivityPub id of the relay's actor." }),
  }),
  run: (context, { actor }) => relayFollow(context, { actor }),
  payload: (t) => ({
    relay: t.field({
      type: Relay,
      description: 'The relay, and whether it has accepted.',
      resolve: ({ result }) => result,
    }),
    isQueued: t.boolean({
      description: 'Whether the instance has yet to fetch the actor before it can ask.',
      resolve: ({ result }) => result?.isQueued,
    }),
  }),
});

mutation('relayUnfollow', {
  description:
    'Takes the newest request to a relay back. Admins with `admin:write:follows` only. REST: `DELETE /relay`.',
  input: (t) => ({
    actor: t.string({ required: true, description: "ActivityPub id of the relay's actor." }),
    force: t.boolean({
      defaultValue: false,
      description: 'Also when the instance no longer knows the actor.',
    }),
  }),
  run: (context, { actor, force }) => relayUnfollow(context, { actor, force: force ?? undefined }),
  payload: (t) => ({
    relay: t.field({
      type: Relay,
      description: 'The relay, no longer followed.',
      resolve: ({ result }) => result,
    }),
  }),
});
