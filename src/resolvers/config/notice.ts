import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { leaveJobs, notes } from '../notice.js';
import type { Applied } from './apply.js';

/** Whether the instance must be restarted before it sees all of what was changed. */
export function isRestartDue(
  { companion }: OperationContext,
  { differences, startOnly }: Applied,
): boolean {
  if (companion.isThere) return startOnly.length > 0;
  return differences.some(({ kind }) => kind !== 'UNCHANGED');
}

/**
 * Tells the running instance of changed settings, in the transaction of the change. By itself it reads them at
 * its start; the companion module has it read them at once, but for those that are read at the start only.
 */
export async function noticeSettings(
  context: OperationContext,
  tx: Transaction,
  applied: Applied,
): Promise<void> {
  const changed = applied.differences.filter(({ kind }) => kind !== 'UNCHANGED');
  if (changed.length === 0) return;
  if (!context.companion.isThere) {
    context.effects.add('NEEDS_RESTART', [], notes.settings);
    return;
  }
  const keys = changed.map(({ group, key }) => [group, key] as const);
  const args = { op: 'reload_config', keys } as const;
  await leaveJobs(context, tx, [{ purpose: 'companion', args }], notes.reload);
  if (applied.startOnly.length === 0) return;
  const named = applied.startOnly.map(({ group, key }) => `${group} ${key}`).join(', ');
  context.effects.add(
    'NEEDS_RESTART',
    [],
    `The instance reads these when it starts only: ${named}.`,
  );
}
