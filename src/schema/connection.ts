import { resolveCursorConnection } from '@pothos/plugin-relay';
import { flakeFromUuid, uuidFromFlake } from '../database/flake.js';
import { failure } from '../errors.js';

const defaultSize = 50;
const maxSize = 100;

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A stretch between two ids, newest first. */
interface IdStretch {
  readonly limit: number;
  readonly olderThan: string | undefined;
  readonly newerThan: string | undefined;
  readonly reversed: boolean;
}

/**
 * Resolves a connection whose items are sorted by flake id, newest first; the cursor is the item's `databaseId`.
 * @param list reads one stretch; `count` is called only when `totalCount` is selected.
 * @throws OperationError INVALID for a page size out of 1 to 100 or a cursor that is none.
 */
export async function flakeConnection<Item extends { readonly id: string }>(args: PageArguments, list: (stretch: IdStretch) => Promise<Item[]>, count: () => Promise<number>) {
  checkSize('first', args.first);
  checkSize('last', args.last);
  if (args.first != null && args.last != null) throw failure('INVALID', 'Give first or last, not both.', ['last']);
  const page = await resolveCursorConnection<Promise<Item[]>>({ args, defaultSize, maxSize, toCursor: ({ id }) => flakeFromUuid(id) }, ({ before, after, limit, inverted }) =>
    list({ limit, olderThan: cursorId('after', after), newerThan: cursorId('before', before), reversed: inverted }),
  );
  return { ...page, count };
}

function checkSize(field: string, size: number | null | undefined): void {
  if (size != null && (size < 1 || size > maxSize)) throw failure('INVALID', `${field} must be 1 to ${String(maxSize)}, not ${String(size)}.`, [field]);
}

function cursorId(field: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = uuidFromFlake(cursor);
  if (id === undefined) throw failure('INVALID', `${field} is no cursor of this connection.`, [field]);
  return id;
}
