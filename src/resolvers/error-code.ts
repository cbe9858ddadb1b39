import { outageOf } from '../database/unreachable.js';
import { AccessError, OperationError, type ErrorCode } from '../errors.js';

/** The code of whatever an operation threw. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof OperationError || error instanceof AccessError) return error.code;
  return outageOf(error) === undefined ? 'INTERNAL' : 'UNAVAILABLE';
}
