import { randomUUID } from 'node:crypto';
import type { MetDemand } from './auth/access.js';
import type { Actor } from './auth/actor.js';
import type { Database, Transaction } from './database/database.js';
import { createLoaders, type Loaders } from './database/loaders.js';
import type { ErrorCode } from './errors.js';
import { noCompanion, type Companion } from './instance/companion.js';
import { configRules, type ConfigRules } from './instance/config-rules.js';
import { Effects } from './instance/effect.js';
import type { InstanceSettings } from './instance/settings.js';
import type { Mailer } from './mail/mailer.js';

/** Told of every operation once it has ended: its name, when it began (`performance.now()`), and why it failed if it did. */
export type Observer = (operation: string, startedAt: number, code: ErrorCode | undefined) => void;

/** All an operation may know: who asks, the instance's database and settings, and the time. */
export interface OperationContext {
  /** undefined = nobody; every operation refuses that. */
  readonly actor: Actor | undefined;
  readonly database: Database;
  /** Rows by key, read in batches; forgotten whenever a transaction ends. */
  readonly loaders: Loaders;
  /** The instance's settings, read once per request. */
  readonly instance: () => Promise<InstanceSettings>;
  /** What the operator settles about changing the instance's configuration. */
  readonly config: ConfigRules;
  /** undefined = Steward sends no mail (`SMTP_URL` is not set). */
  readonly mailer: Mailer | undefined;
  readonly now: () => Date;
  /** How the running instance notices what this request changes. */
  readonly effects: Effects;
  /** The module in the instance that clears caches on request. */
  readonly companion: Companion;
  /** Named in the log, in masked errors and in the `x-request-id` header. */
  readonly requestId: string;
  /** undefined = nobody keeps figures. */
  readonly observer: Observer | undefined;
  /** As `Caller` in src/auth/access.ts has it. */
  readonly onDemand?: ((demand: MetDemand) => void) | undefined;
}

/** What one process needs to make contexts. */
export interface ContextSource {
  readonly database: Database;
  readonly readInstance: () => Promise<InstanceSettings>;
  /** Called when a transaction has ended, where `readInstance` remembers anything. */
  readonly forgetInstance?: () => void;
  /** Absent = nothing guarded is allowed and there is nowhere to export to. */
  readonly config?: ConfigRules;
  readonly mailer?: Mailer | undefined;
  /** Absent = the instance has none. */
  readonly companion?: Companion;
  readonly now?: () => Date;
}

/** A context for one request of `actor`. */
export function createContext(
  source: ContextSource,
  actor: Actor | undefined,
  requestId: string = randomUUID(),
  observer?: Observer,
): OperationContext {
  let instance: Promise<InstanceSettings> | undefined;
  let loaders: Loaders | undefined;
  const effects = new Effects();
  return {
    actor,
    effects,
    companion: source.companion ?? noCompanion,
    database: new ForgettingDatabase(
      source.database,
      effects,
      () => loaders?.forget(),
      source.forgetInstance,
    ),
    get loaders() {
      return (loaders ??= createLoaders(source.database));
    },
    instance: () => (instance ??= source.readInstance()),
    config: source.config ?? configRules(),
    mailer: source.mailer,
    now: source.now ?? (() => new Date()),
    requestId,
    observer,
  };
}

/** The database, with writes that leave nothing remembered of what was read before them, or taken back. */
class ForgettingDatabase implements Database {
  readonly #database: Database;
  readonly #effects: Effects;
  readonly #forgetRows: () => void;
  readonly #forgetInstance: (() => void) | undefined;

  constructor(
    database: Database,
    effects: Effects,
    forgetRows: () => void,
    forgetInstance: (() => void) | undefined,
  ) {
    this.#database = database;
    this.#effects = effects;
    this.#forgetRows = forgetRows;
    this.#forgetInstance = forgetInstance;
  }

  get prisma() {
    return this.#database.prisma;
  }
  get isInTransaction() {
    return this.#database.isInTransaction;
  }
  get pool() {
    return this.#database.pool;
  }
  get schema() {
    return this.#database.schema;
  }
  get family() {
    return this.#database.family;
  }
  read(...query: Parameters<Database['read']>) {
    return this.#database.read(...query);
  }
  count(...query: Parameters<Database['count']>) {
    return this.#database.count(...query);
  }
  close() {
    return this.#database.close();
  }

  async transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    attempts?: number,
  ): Promise<Result> {
    const { mark } = this.#effects;
    const attempt = (tx: Transaction): Promise<Result> => {
      this.#effects.rewind(mark);
      return work(tx);
    };
    try {
      return await this.#database.transaction(attempt, attempts);
    } catch (error) {
      this.#effects.rewind(mark);
      throw error;
    } finally {
      this.#forgetRows();
      this.#forgetInstance?.();
    }
  }
}
