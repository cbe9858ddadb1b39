import type { Actor } from '../auth/actor.js';
import { authenticate, type WaysIn } from '../auth/authenticate.js';
import type { Database } from '../database/database.js';
import { credentialsOf } from './credentials.js';
import type { RequestHead } from './request-head.js';

/** Who stands behind a request. */
export interface Gate {
  /** Looks it up once per request. Throws what `authenticate` throws. */
  readonly actorOf: (request: RequestHead) => Promise<Actor | undefined>;
}

export function createGate(database: Pick<Database, 'pool' | 'family'>, ways: WaysIn): Gate {
  const known = new WeakMap<RequestHead, Promise<Actor | undefined>>();
  return {
    actorOf: (request) => {
      const found = known.get(request) ?? authenticate(database, credentialsOf(request), ways);
      known.set(request, found);
      return found;
    },
  };
}
