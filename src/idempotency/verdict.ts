import type { MetDemand } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { errorCatalogue, type ErrorCode } from '../errors.js';

/**
 * A context; how each operation called with it ended, by which code, or undefined = done; and what
 * they demanded of the caller.
 */
export interface Watched {
  readonly context: OperationContext;
  readonly endings: readonly (ErrorCode | undefined)[];
  readonly demands: readonly MetDemand[];
}

/** The same context under observation. */
export function watched(context: OperationContext): Watched {
  const endings: (ErrorCode | undefined)[] = [];
  const observer: OperationContext['observer'] = (name, startedAt, code) => {
    endings.push(code);
    context.observer?.(name, startedAt, code);
  };
  const demands: MetDemand[] = [];
  const onDemand: OperationContext['onDemand'] = (demand) => {
    demands.push(demand);
    context.onDemand?.(demand);
  };
  return { context: { ...context, observer, onDemand }, endings, demands };
}

/**
 * What becomes of an answer to a request with a key:
 * - `failed`: something could not be done now, or is a fault of Steward: nothing counts, the same key may be tried again.
 * - `open`: the caller may not, not yet, or no operation was reached: nothing was done, and the same key may be tried again.
 * - `final`: done, or refused by an operation that looked: kept.
 */
export type Verdict = 'failed' | 'open' | 'final';

/** @param others codes of what failed around the operations. */
export function verdictOf(
  endings: readonly (ErrorCode | undefined)[],
  others: readonly ErrorCode[] = [],
): Verdict {
  const statuses = [...endings, ...others].flatMap((code) =>
    code === undefined ? [] : [errorCatalogue[code].status],
  );
  if (statuses.some((status) => status >= 500)) return 'failed';
  if (endings.includes(undefined)) return 'final';
  return endings.length === 0 ||
    statuses.some((status) => status === 401 || status === 403 || status === 429)
    ? 'open'
    : 'final';
}
