import type { Pool } from 'pg';
import type { Actor } from './actor.js';
import { createCounter } from './counter.js';
import { networkOf } from './network.js';

/** Counts the requests of each caller; those of nobody, by address. */
export interface RateLimit {
  /**
   * @param actor undefined = there was no valid credential.
   * @throws ThrottledError when the caller has had all its requests of this minute.
   */
  readonly take: (actor: Actor | undefined, address: string) => Promise<void>;
}

/**
 * So many requests a minute for each account, whichever of its tokens it uses and from wherever, for the admin secret, and for each address that
 * comes without a valid credential. These stand in nobody's way who has one.
 * @param shared where they are counted for all processes, in the schema `steward`; default: in this process.
 */
export function createRateLimit(perMinute: number, shared?: Pool): RateLimit {
  const counter = createCounter({ perMinute, name: 'requests', isFinal: true }, shared);
  return { take: (actor, address) => counter.take(keyOf(actor, address)) };
}

function keyOf(actor: Actor | undefined, address: string): string {
  if (!actor) return `nobody ${networkOf(address)}`;
  return actor.kind === 'account' ? actor.id : actor.kind;
}
