import { demandAccess, type Access } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';

/** What ids of a type look like within its global ids. */
const idForms = { uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, serial: /^\d{1,18}$/ } as const;

const nodes = new Map<string, { readonly access: Access; readonly ids: RegExp }>();

/** Says what `node(id:)` demands before it gives out a type: the access of the operation that shows one, and what its ids look like. */
export function nodeAccess(typename: string, access: Access, ids: keyof typeof idForms): void {
  nodes.set(typename, { access, ids: idForms[ids] });
}

/**
 * Lets the caller read a node of this type by its global id, or throws AccessError.
 * @returns whether there can be one: PostgreSQL refuses to compare a column with what is no value of its type.
 */
export async function demandNodeAccess(context: OperationContext, { typename, id }: { readonly typename: string; readonly id: unknown }): Promise<boolean> {
  const node = nodes.get(typename);
  if (!node) throw failure('INVALID', `There is no node type ${typename.slice(0, 50)}.`, ['id']);
  await demandAccess(context.actor, node.access, async () => (await context.instance()).privilegedStaff);
  return node.ids.test(String(id));
}
