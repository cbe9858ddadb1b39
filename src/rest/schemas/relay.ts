import { z } from 'zod';
import { examples } from './examples.js';
import { component, flag, shown } from './parts.js';

export const relay = component(
  'Relay',
  'A relay this instance follows or has asked to.',
  z.object({ actor: shown(z.string(), examples.relay), followed_back: shown(flag, true) }),
);
/** The address of a relay, alone. */
export const relayAddress = shown(z.string(), examples.relay);
