import { randomUUID } from 'node:crypto';

const header = 'x-request-id';

/** The id of a request: the caller's, when it is a harmless one, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get(header);
  return given !== null && /^[\w.-]{8,128}$/.test(given) ? given : randomUUID();
}
