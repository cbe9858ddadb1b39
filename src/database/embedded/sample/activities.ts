import type { ActivityData, ActivityRow, Ledger } from './ledger.js';
import type { Person } from './people.js';
import { timestamps } from './world.js';

export const everyone = 'https://www.w3.org/ns/activitystreams#Public';

/**
 * Adds a row to `activities`, shaped as docs/instance/schema.md#activity-rows says. A Create is also
 * addressed to its author.
 */
export function addActivity(
  ledger: Ledger,
  actor: Person,
  time: Date,
  data: ActivityData,
  updated: Date = time,
): ActivityRow {
  const self = data.type === 'Create' ? [actor.apId] : [];
  // Reports from elsewhere are minted here and count as local
  // (docs/instance/moderation.md#how-a-report-is-stored).
  const minted = data.type === 'Flag' ? ledger.base : actor.origin;
  const row: ActivityRow = {
    id: ledger.flakeAt(time),
    data: { ...data, id: `${minted}/activities/${ledger.random.uuid()}`, actor: actor.apId },
    actor: actor.apId,
    local: minted === ledger.base,
    recipients: [...new Set([...data.to, ...data.cc, ...self])],
    ...timestamps(time, updated),
  };
  ledger.activities.push(row);
  return row;
}

/** Recipients as the instance's pipeline leaves them: sorted, and with empty hidden lists. */
export function addressed(to: readonly string[], cc: readonly string[] = []) {
  return { to: [...to].sort(), cc: [...cc].sort(), bto: [], bcc: [] };
}
