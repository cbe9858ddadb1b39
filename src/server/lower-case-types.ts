import type { RequestHead } from './request-head.js';
import { keepRecord, recordOf } from './request-record.js';

/** Media types compare without regard to case; Yoga compares them letter by letter. */
export function withLowerCaseTypes(request: Request): Request {
  const headers = new Headers(request.headers);
  let isOther = false;
  for (const name of ['content-type', 'accept']) {
    const value = headers.get(name);
    if (value === null || value === value.toLowerCase()) continue;
    headers.set(name, value.toLowerCase());
    isOther = true;
  }
  if (!isOther) return request;
  const plain = new Request(request, { headers });
  keepRecord(plain as RequestHead, recordOf(request));
  return plain;
}
