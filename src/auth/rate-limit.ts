import type { Pool } from 'pg';
import type { Actor } from './actor.js';
import { createCounter } from './counter.js';

/** Counts the requests of each caller. */
export interface RateLimit {
  /** @throws ThrottledError when the caller has had all its requests of this minute. */
  readonly take: (actor: Actor) => Promise<void>;
}

/**
 * So many requests a minute for each account, whichever of its tokens it uses and from wherever, and for the admin secret.
 * @param shared where they are counted for all processes, in the schema `steward`; default: in this process.
 */
export function createRateLimit(perMinute: number, shared?: Pool): RateLimit {
  const counter = createCounter({ perMinute, name: 'requests', isFinal: true }, shared);
  return { take: (actor) => counter.take(actor.kind === 'account' ? actor.id : actor.kind) };
}
