import type { OperationContext } from '../context.js';

/** Takes a rehearsed transaction back and carries its result out of it. */
class Rehearsed extends Error {
  override readonly name = 'Rehearsed';

  constructor(readonly result: unknown) {
    super('a rehearsal is over');
  }
}

/**
 * Runs `work` in a transaction that is taken back: the answer is what it would be, refusals included, and nothing is written. Only for work
 * that is done in the database alone.
 */
export async function rehearse<Result>(
  context: OperationContext,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await context.database.transaction(async () => {
      throw new Rehearsed(await work());
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result as Result;
    throw error;
  }
}
