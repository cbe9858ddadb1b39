import type { Credentials } from '../auth/authenticate.js';
import { addressOf } from './client-address.js';

/** What a request presents to get in: headers only, never parameters or cookies. */
export function credentialsOf(request: Request): Credentials {
  return {
    authorization: request.headers.get('authorization') ?? undefined,
    adminToken: request.headers.get('x-admin-token') ?? undefined,
    address: addressOf(request),
  };
}
