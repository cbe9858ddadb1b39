import { createHash } from 'node:crypto';
import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';

/** How many accounts a task over the whole instance changes without having been shown before. */
const maxUnseen = 25;

/** What a task over many accounts would change, or has changed. */
export interface Preview<Row> {
  readonly count: number;
  /** The first of them, oldest account first. */
  readonly sample: readonly Row[];
  /** Stands for exactly these accounts; given back, it lets the task pass as long as they are still the same. */
  readonly previewToken: string;
}

export const sampleSize = 20;

/** The token for a task and the ids it would change. Nothing is kept: the same ids make the same token. */
export function previewTokenOf(task: string, ids: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([task, ...[...ids].sort()]))
    .digest('base64url');
}

/**
 * More than a few accounts are changed only for who has seen which
 * (docs/security-checklist.md#s15). At the shell nobody is asked for a token.
 * @throws OperationError CONFLICT when the token is missing or stands for other accounts.
 */
export function demandPreview(
  { actor }: OperationContext,
  expected: string,
  count: number,
  given: string | undefined,
): void {
  if (given === undefined && (actor?.kind === 'operator' || count <= maxUnseen)) return;
  if (given === undefined)
    throw failure(
      'CONFLICT',
      `This would change ${String(count)} accounts. More than ${String(maxUnseen)} need the previewToken of a dry run.`,
      ['previewToken'],
    );
  if (given !== expected)
    throw failure(
      'CONFLICT',
      'The accounts are no longer those of this previewToken; look again with a dry run.',
      ['previewToken'],
    );
}
