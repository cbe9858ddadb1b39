import type { RelayRow } from '../../database/relays.js';
import { relaysList } from '../../resolvers/relays/list.js';
import { builder } from '../builder.js';
import { listSize, maxListLength } from '../lists.js';
import { userByApId } from '../user/loaded.js';
import { User } from '../user/type.js';

/** A relay this instance follows or has asked to. */
export const Relay = builder.objectRef<RelayRow>('Relay').implement({
  description:
    'A relay this instance follows or has asked to: an actor that passes on public statuses between instances.',
  fields: (t) => ({
    actor: t.exposeString('actor', {
      nullable: false,
      description: "ActivityPub id of the relay's actor.",
    }),
    followedBack: t.exposeBoolean('followedBack', {
      nullable: false,
      description: 'Whether the relay has accepted.',
    }),
    account: t.field({
      type: User,
      description: 'The actor, when it is known here.',
      resolve: ({ actor }, _args, context) => userByApId(actor, context),
    }),
  }),
});

builder.queryField('relays', (t) =>
  t.field({
    type: [Relay],
    extensions: listSize(maxListLength),
    description:
      'All relays: those that have accepted, then those asked. Admins with `admin:read` only. REST: `GET /relay`.',
    resolve: (_root, _args, { operation }) => relaysList(operation, {}),
  }),
);
