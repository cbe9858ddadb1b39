import type { OperationContext } from '../../context.js';
import type { Database } from '../../database/database.js';
import { readFigures, type Figures } from '../../database/figures.js';

/** Milliseconds: dashboards ask on every page, and anybody may. */
const freshness = 60_000;
const known = new WeakMap<Database['pool'], { readonly figures: Promise<Figures>; readonly until: number }>();

/** How large the instance is, at most a minute old. Anybody may know. */
export function figuresOf({ database, now }: OperationContext): Promise<Figures> {
  const kept = known.get(database.pool);
  if (kept && kept.until > now().getTime()) return kept.figures;
  const figures = readFigures(database, now());
  known.set(database.pool, { figures, until: now().getTime() + freshness });
  figures.catch(() => known.delete(database.pool));
  return figures;
}
