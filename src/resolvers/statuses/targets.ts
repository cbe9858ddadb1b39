import { failure, type InputPath } from '../../errors.js';

/** NOT_FOUND for a status. */
export function unknownStatus(databaseId: string, path: InputPath): Error {
  return failure('NOT_FOUND', `There is no status "${databaseId.slice(0, 100)}".`, path);
}
