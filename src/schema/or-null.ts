import { OperationError } from '../errors.js';

/** What a look-up finds; null, as root fields answer, where the operation says NOT_FOUND. */
export async function orNull<Found>(found: Promise<Found>): Promise<Found | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof OperationError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
