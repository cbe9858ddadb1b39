import type { Snapshot } from './rows.js';

/** Of every table that is not as it was: how many rows came and went; a changed row did both. */
export function differenceBetween(
  before: Snapshot,
  after: Snapshot,
): Record<string, { readonly came: number; readonly went: number }> {
  return Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((table) => {
      const [old, now] = [counted(before[table]), counted(after[table])];
      const [came, went] = [surplus(now, old), surplus(old, now)];
      return came + went === 0 ? [] : [[table, { came, went }]];
    }),
  );
}

function counted(rows: Snapshot[string] | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows ?? [])
    counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  return counts;
}

function surplus(rows: Map<string, number>, others: Map<string, number>): number {
  return [...rows].reduce(
    (sum, [row, count]) => sum + Math.max(0, count - (others.get(row) ?? 0)),
    0,
  );
}
