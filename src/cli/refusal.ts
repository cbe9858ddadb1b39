import { exitCodes } from './exit-codes.js';

/** A command does not do what it was asked, for a reason only the shell has; the text is the documented task's own where it has one. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly code: 'NOT_FOUND' | 'INVALID' | 'CONFLICT' = 'CONFLICT',
    readonly exit: number = exitCodes.refused,
  ) {
    super(message);
  }
}
