import type { Actor } from '../auth/actor.js';
import { authenticate, type AccountSource, type WaysIn } from '../auth/authenticate.js';
import type { RateLimit } from '../auth/rate-limit.js';
import { credentialsOf } from './credentials.js';
import type { RequestHead } from './request-head.js';
import { noteActor, recordOf, type RequestRecord } from './request-record.js';

/** Who stands behind a request. */
export interface Gate {
  /** Looks it up once per request, and notes it in the request's record. Throws what `authenticate` throws, and ThrottledError for a caller, or an address without a credential, that has had too many requests. */
  readonly actorOf: (request: RequestHead) => Promise<Actor | undefined>;
}

/** @param limit default: any number of requests. */
export function createGate(database: AccountSource, ways: WaysIn, limit?: RateLimit): Gate {
  const lookUp = async (
    request: RequestHead,
    record: RequestRecord,
  ): Promise<Actor | undefined> => {
    const actor = await authenticate(database, credentialsOf(request), ways);
    noteActor(record, actor);
    await limit?.take(actor, record.address);
    return actor;
  };
  return {
    actorOf: (request) => {
      const record = recordOf(request);
      return (record.asking ??= lookUp(request, record));
    },
  };
}
