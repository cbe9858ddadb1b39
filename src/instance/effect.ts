/**
 * How a running instance notices a change, from the best to the worst: it reads the table anyway; a job tells
 * it; only the companion module could tell it; only a restart could.
 */
export const effectKinds = ['IMMEDIATE', 'QUEUED', 'NEEDS_MODULE', 'NEEDS_RESTART'] as const;
export type EffectKind = (typeof effectKinds)[number];

/** A row of `oban_jobs` that carries a change to the instance. */
export interface EffectJob {
  readonly id: bigint;
  /** Full name of the Elixir module. */
  readonly worker: string;
  readonly queue: string;
}

/** How one change, or several together, reach a running instance. */
export interface Effect {
  readonly kind: EffectKind;
  readonly jobs: readonly EffectJob[];
  /** What notices what, one sentence each; empty when there is nothing to add to the kind. */
  readonly notes: readonly string[];
}

const immediate = 'The instance reads the change from its tables.';
const stopped = "The instance's queue is not running: the jobs wait until it is.";

/**
 * An effect in plain words, one sentence each.
 * @param isQueueRunning undefined = unknown.
 */
export function sentencesOf(
  { kind, jobs, notes }: Effect,
  isQueueRunning: boolean | undefined,
): string[] {
  const said = kind === 'IMMEDIATE' && notes.length === 0 ? [immediate] : notes;
  return jobs.length > 0 && isQueueRunning === false ? [...said, stopped] : [...said];
}

/** Collects the effects of one request's operations, in the order they happen. */
export class Effects {
  readonly #parts: Effect[] = [];

  /** A place to come back to: {@link rewind}, {@link since}. */
  get mark(): number {
    return this.#parts.length;
  }

  add(kind: EffectKind, jobs: readonly EffectJob[], ...notes: string[]): void {
    this.#parts.push({ kind, jobs, notes });
  }

  /** Forgets what came after `mark`: its transaction was taken back. */
  rewind(mark: number): void {
    this.#parts.length = Math.min(mark, this.#parts.length);
  }

  /** What came after `mark` as one: the worst kind, every job, each note once. */
  since(mark: number): Effect {
    const parts = this.#parts.slice(mark);
    const rank = Math.max(0, ...parts.map(({ kind }) => effectKinds.indexOf(kind)));
    return {
      kind: effectKinds[rank] ?? 'IMMEDIATE',
      jobs: parts.flatMap(({ jobs }) => jobs),
      notes: [...new Set(parts.flatMap(({ notes }) => notes))],
    };
  }
}
