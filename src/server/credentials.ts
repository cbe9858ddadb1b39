import type { Credentials } from '../auth/authenticate.js';
import type { RequestHead } from './request-head.js';
import { recordOf } from './request-record.js';

/** What a request presents to get in: headers only, never parameters or cookies. */
export function credentialsOf(request: RequestHead): Credentials {
  return {
    authorization: request.headers.get('authorization') ?? undefined,
    adminToken: request.headers.get('x-admin-token') ?? undefined,
    address: recordOf(request).address,
  };
}
