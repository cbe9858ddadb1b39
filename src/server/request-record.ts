import type { Actor } from '../auth/actor.js';
import type { Observer } from '../context.js';
import type { ErrorCode } from '../errors.js';

/** What one request did, for its line in the log, the figures and the trace. Times are of `performance.now()`, in milliseconds. */
export interface RequestRecord {
  readonly startedAt: number;
  requestId?: string;
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

/** By request, in any of its forms: as node:http has it, and as the doors do. */
const records = new WeakMap<object, RequestRecord>();

export function openRecord(request: object): RequestRecord {
  const record: RequestRecord = { startedAt: performance.now(), operations: [] };
  records.set(request, record);
  return record;
}

/** Makes `form` another form of a request whose record is open. */
export function shareRecord(record: RequestRecord | undefined, form: object): void {
  if (record) records.set(form, record);
}

export function recordOf(request: object): RequestRecord | undefined {
  return records.get(request);
}

/** What notes the operations of this request; undefined when nobody keeps its record, as in tests without sockets. */
export function observerOf(request: object): Observer | undefined {
  const record = records.get(request);
  return record && ((name, startedAt, code) => void record.operations.push({ name, code, startedAt, endedAt: performance.now() }));
}

/** Notes who asks. */
export function noteActor(request: object, actor: Actor | undefined): void {
  const record = records.get(request);
  if (record && actor) record.actor = actor.kind === 'account' ? actor.id : actor.kind;
}
