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
interface IdStretch<Id> {
  readonly limit: number;
  readonly olderThan: Id | undefined;
  readonly newerThan: Id | undefined;
  readonly reversed: boolean;
}

/** How an item's id becomes a cursor, and back; undefined when the text is no cursor. */
interface Cursors<Item, Id> {
  readonly cursorOf: (item: Item) => string;
  readonly idOf: (cursor: string) => Id | undefined;
}

/**
 * Resolves a connection whose items are sorted by flake id, newest first; the cursor is the item's `databaseId`.
 * @param list reads one stretch; `count` is called only when `totalCount` is selected.
 * @throws OperationError INVALID for a page size out of 1 to 100 or a cursor that is none.
 */
export function flakeConnection<Item extends { readonly id: string }, Count>(
  args: PageArguments,
  list: (stretch: IdStretch<string>) => Promise<Item[]>,
  count: () => Promise<Count>,
) {
  return idConnection<Item, string, Count>(
    { cursorOf: ({ id }) => flakeFromUuid(id), idOf: uuidFromFlake },
    args,
    list,
    count,
  );
}

/** The same for items with a serial number. */
export function serialConnection<Item extends { readonly id: bigint }, Count>(
  args: PageArguments,
  list: (stretch: IdStretch<bigint>) => Promise<Item[]>,
  count: () => Promise<Count>,
) {
  return idConnection<Item, bigint, Count>(
    { cursorOf: ({ id }) => String(id), idOf: serialNumber },
    args,
    list,
    count,
  );
}

/** The same for items sorted by their priority, the lowest first, and then by their serial number. */
export function placeConnection<
  Item extends { readonly id: bigint; readonly priority: number },
  Count,
>(
  args: PageArguments,
  list: (stretch: IdStretch<Place>) => Promise<Item[]>,
  count: () => Promise<Count>,
) {
  return idConnection<Item, Place, Count>(
    { cursorOf: ({ id, priority }) => `${String(priority)}:${String(id)}`, idOf: placeIn },
    args,
    list,
    count,
  );
}

/** Where an item stands in such a list. */
interface Place {
  readonly priority: number;
  readonly id: bigint;
}

function placeIn(cursor: string): Place | undefined {
  const [, priority, id] = /^(-?\d{1,10}):(\d{1,18})$/.exec(cursor) ?? [];
  return priority === undefined || id === undefined
    ? undefined
    : { priority: Number(priority), id: BigInt(id) };
}

/** The number a text is, if it is one of a `bigserial` column. */
export function serialNumber(text: string): bigint | undefined {
  return /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

async function idConnection<Item, Id, Count>(
  { cursorOf, idOf }: Cursors<Item, Id>,
  args: PageArguments,
  list: (stretch: IdStretch<Id>) => Promise<Item[]>,
  count: () => Promise<Count>,
) {
  checkSize('first', args.first);
  checkSize('last', args.last);
  if (args.first != null && args.last != null)
    throw failure('INVALID', 'Give first or last, not both.', ['last']);
  const idAt = (field: string, cursor: string | undefined): Id | undefined => {
    if (cursor === undefined) return undefined;
    const id = idOf(cursor);
    if (id === undefined)
      throw failure('INVALID', `${field} is no cursor of this connection.`, [field]);
    return id;
  };
  const page = await resolveCursorConnection<Promise<Item[]>>(
    { args, defaultSize, maxSize, toCursor: cursorOf },
    ({ before, after, limit, inverted }) =>
      list({
        limit,
        olderThan: idAt('after', after),
        newerThan: idAt('before', before),
        reversed: inverted,
      }),
  );
  return { ...page, count };
}

function checkSize(field: string, size: number | null | undefined): void {
  if (size != null && (size < 1 || size > maxSize))
    throw failure('INVALID', `${field} must be 1 to ${String(maxSize)}, not ${String(size)}.`, [
      field,
    ]);
}
