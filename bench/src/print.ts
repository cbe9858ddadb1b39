import { ratios, spread, type Figures, type Spread } from './figures.js';
import type { ServerName } from './servers.js';
import { workloads, type WorkloadName } from './workloads.js';

/** The comparison as tables, one per workload. */
export function printComparison(figures: readonly Figures[], print: (line: string) => void): void {
  for (const workload of new Set(figures.map((one) => one.workload))) {
    print(`\n(${workload}) ${workloads[workload].title}`);
    print(
      '  server          req/s    p50 ms   p99 ms   CPU ms   RSS MB   of the floor (min–median–max)   Steward is … times as fast',
    );
    for (const server of new Set(figures.map((one) => one.server)))
      print(lineOf(figures, workload, server));
  }
}

function lineOf(figures: readonly Figures[], workload: WorkloadName, server: ServerName): string {
  const own = figures.filter((one) => one.workload === workload && one.server === server);
  const median = (pick: (one: Figures) => number | undefined): number =>
    spread(own.map((one) => pick(one) ?? NaN)).median;
  const columns = [
    median(({ rps }) => rps).toFixed(0),
    median(({ p50 }) => p50).toFixed(2),
    median(({ p99 }) => p99).toFixed(2),
    median(({ cpu }) => cpu).toFixed(3),
    Math.max(...own.map(({ rss }) => rss ?? NaN)).toFixed(0),
  ];
  const floor = range(ratios(figures, workload, server, 'floor'));
  const steward =
    server.startsWith('steward') || server === 'floor'
      ? ''
      : range(ratios(figures, workload, 'steward', server));
  return `  ${server.padEnd(13)}${columns.map((column) => column.padStart(9)).join('')}   ${floor.padEnd(32)}${steward}`;
}

function range({ min, median, max }: Spread): string {
  return Number.isNaN(median) ? '' : `${min.toFixed(2)} – ${median.toFixed(2)} – ${max.toFixed(2)}`;
}

/** The same for machines. */
export function summary(figures: readonly Figures[]): unknown {
  const pairs = [...new Set(figures.map(({ workload, server }) => `${workload} ${server}`))].map(
    (pair) => pair.split(' ') as [WorkloadName, ServerName],
  );
  return pairs.map(([workload, server]) => {
    const own = figures.filter((one) => one.workload === workload && one.server === server);
    const of = (pick: (one: Figures) => number | undefined): Spread =>
      spread(own.map((one) => pick(one) ?? NaN));
    return {
      workload,
      server,
      rps: of(({ rps }) => rps),
      p50: of(({ p50 }) => p50),
      p99: of(({ p99 }) => p99),
      cpu: of(({ cpu }) => cpu),
      rss: of(({ rss }) => rss),
      ofFloor: ratios(figures, workload, server, 'floor'),
      stewardTimes: ratios(figures, workload, 'steward', server),
    };
  });
}
