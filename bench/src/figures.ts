import type { LoadResult } from './load.js';
import type { RunningServer, ServerName } from './servers.js';
import type { WorkloadName } from './workloads.js';

/** What one server did in one round. */
export interface Figures {
  readonly workload: WorkloadName;
  readonly server: ServerName;
  readonly round: number;
  readonly rps: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of the server's CPU per request. */
  readonly cpu: number | undefined;
  /** Megabytes in memory at the end of the round. */
  readonly rss: number | undefined;
  readonly failures: number;
}

/** Minimum, median and maximum. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function figuresOf(
  place: Pick<Figures, 'workload' | 'server' | 'round'>,
  load: LoadResult,
  cpu: number | undefined,
  server: RunningServer,
): Figures {
  const at = (share: number): number =>
    load.latencies[
      Math.min(load.latencies.length - 1, Math.floor(load.latencies.length * share))
    ] ?? 0;
  return {
    ...place,
    rps: load.requests / load.seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpu: cpu === undefined ? undefined : cpu / load.requests,
    rss: server.memory(),
    failures: load.failures,
  };
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? sorted[middle]
      : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { min: sorted[0] ?? NaN, median: median ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** How many times the requests per second of `base` a server reached, round by round: rounds alternate, so that noise meets both. */
export function ratios(
  all: readonly Figures[],
  workload: WorkloadName,
  server: ServerName,
  base: ServerName,
): Spread {
  const of = (name: ServerName): Map<number, number> =>
    new Map(
      all
        .filter((one) => one.workload === workload && one.server === name)
        .map(({ round, rps }) => [round, rps]),
    );
  const bases = of(base);
  return spread([...of(server)].map(([round, rps]) => rps / (bases.get(round) ?? NaN)));
}
