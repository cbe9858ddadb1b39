import { z } from 'zod';
import { examples } from './examples.js';
import { anyObject, component, shown } from './parts.js';

const data = shown(anyObject, {
  actor: { id: examples.accountId, nickname: examples.nickname, type: 'user' },
  action: 'relay_follow',
  target: examples.relay,
});

/** An entry of the moderation log (docs/instance/moderation.md#listing-the-log). */
export const logItem = component(
  'LogItem',
  'An entry of the moderation log: who did what.',
  z.object({
    id: shown(z.int(), 5),
    data,
    time: shown(z.number(), 1763683767),
    message: shown(z.string(), '@mira followed relay: https://relay.example/actor'),
  }),
);
