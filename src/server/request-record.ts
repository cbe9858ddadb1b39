import { randomUUID } from 'node:crypto';
import type { Actor } from '../auth/actor.js';
import type { Observer } from '../context.js';
import type { ErrorCode } from '../errors.js';

/** The header that carries a request's id, both ways. */
export const requestIdHeader = 'x-request-id';

/** What is known of one request, for its line in the log, the figures and the trace. Times are of `performance.now()`, in milliseconds. */
export interface RequestRecord {
  readonly startedAt: number;
  /** The caller's `x-request-id` when it is a harmless one, else a new one. */
  readonly requestId: string;
  /** Whom it comes from; `unknown` without a socket, in tests. */
  readonly address: string;
  /** The look-up of who asks, once it has begun. */
  asking?: Promise<Actor | undefined>;
  /** Whose credential it was; undefined = nobody's. */
  actor?: string;
  readonly operations: OperationRecord[];
}

export interface OperationRecord {
  readonly name: string;
  /** Why it failed; undefined = it did not. */
  readonly code: ErrorCode | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What may carry a record: a request, in any of its forms. */
export interface Recorded {
  readonly headers: { get(name: string): string | null };
  /** Once it is begun or given. */
  record?: RequestRecord;
}

/** Begins the record of a request. */
export function openRecord(givenId: string | null | undefined, address: string): RequestRecord {
  const requestId =
    typeof givenId === 'string' && /^[\w.-]{8,128}$/.test(givenId) ? givenId : randomUUID();
  return { startedAt: performance.now(), requestId, address, operations: [] };
}

/** Gives a form of the request its record. Not through a WeakMap, which would keep every record alive until V8's next full collection. */
export function keepRecord(request: { record?: RequestRecord }, record: RequestRecord): void {
  request.record = record;
}

/** The record of a request, in any of its forms; begun now for one that came through no server, as in tests. */
export function recordOf(request: Recorded): RequestRecord {
  return (request.record ??= openRecord(request.headers.get(requestIdHeader), 'unknown'));
}

/** Notes the operations of a request. */
export function observerOf({ operations }: RequestRecord): Observer {
  return (name, startedAt, code) =>
    void operations.push({ name, code, startedAt, endedAt: performance.now() });
}

/** Notes who asks. */
export function noteActor(record: RequestRecord, actor: Actor | undefined): void {
  if (actor) record.actor = actor.kind === 'account' ? actor.id : actor.kind;
}
