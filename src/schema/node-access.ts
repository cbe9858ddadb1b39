import { demandAccess, type Guarded } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { flakeFromUuid } from '../database/flake.js';
import { failure } from '../errors.js';

/** What a type's own ids look like, within the global ones. */
const forms = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  number: /^\d{1,18}$/,
  any: /^([\da-f-]{36}|\d{1,18})$/i,
} as const;

const shownBy = new Map<string, Guarded>();
const formOf = new Map<string, RegExp>();

/** Says which operation shows a type, whose access `node(id:)` demands before it gives one out, and the form of its ids. */
export function nodeAccess(
  typename: string,
  operation: Guarded,
  ids: keyof typeof forms = 'any',
): void {
  shownBy.set(typename, operation);
  formOf.set(typename, forms[ids]);
}

/** Whether there can be such a node at all; the database fails on an id of another form. */
export function isNodeId({
  typename,
  id,
}: {
  readonly typename: string;
  readonly id: string;
}): boolean {
  return formOf.get(typename)?.test(id) === true;
}

/** Lets the caller read a node of this type by its global id, or throws AccessError. */
export async function demandNodeAccess(context: OperationContext, typename: string): Promise<void> {
  const operation = shownBy.get(typename);
  if (!operation)
    throw failure('INVALID', `There is no node type ${typename.slice(0, 50)}.`, ['id']);
  await demandAccess(context, operation);
}

/**
 * The id REST shows, of the global id of a type whose ids are uuids.
 * @throws OperationError INVALID when what the global id holds is none.
 */
export function flakeOfGlobalId(globalId: {
  readonly typename: string;
  readonly id: string;
}): string {
  if (!forms.uuid.test(globalId.id))
    throw failure('INVALID', `id is no global id of a ${globalId.typename}.`, ['id']);
  return flakeFromUuid(globalId.id);
}

/** The id REST shows, when a text is a global id of one of these types, whose ids are uuids; undefined for any other text. */
export function flakeInGlobalId(text: string, typenames: readonly string[]): string | undefined {
  const [typename = '', id = ''] = Buffer.from(text, 'base64').toString('utf8').split(':', 2);
  return typenames.includes(typename) && forms.uuid.test(id) ? flakeFromUuid(id) : undefined;
}
