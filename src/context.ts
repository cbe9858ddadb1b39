import { randomUUID } from 'node:crypto';
import type { Actor } from './auth/actor.js';
import type { Database } from './database/database.js';
import type { InstanceSettings } from './instance/settings.js';

/** All an operation may know: who asks, the instance's database and settings, and the time. */
export interface OperationContext {
  /** undefined = nobody; every operation refuses that. */
  readonly actor: Actor | undefined;
  readonly database: Database;
  /** The instance's settings, read once per request. */
  readonly instance: () => Promise<InstanceSettings>;
  readonly now: () => Date;
  /** Named in the log, in masked errors and in the `x-request-id` header. */
  readonly requestId: string;
}

/** What one process needs to make contexts. */
export interface ContextSource {
  readonly database: Database;
  readonly readInstance: () => Promise<InstanceSettings>;
  readonly now?: () => Date;
}

/** A context for one request of `actor`. */
export function createContext(source: ContextSource, actor: Actor | undefined, requestId: string = randomUUID()): OperationContext {
  let instance: Promise<InstanceSettings> | undefined;
  return {
    actor,
    database: source.database,
    instance: () => (instance ??= source.readInstance()),
    now: source.now ?? (() => new Date()),
    requestId,
  };
}
