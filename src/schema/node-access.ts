import { demandAccess, type Access } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';

const accessOf = new Map<string, Access>();

/** Says what `node(id:)` demands before it gives out a type: the access of the operation that shows one. */
export function nodeAccess(typename: string, access: Access): void {
  accessOf.set(typename, access);
}

/** Lets the caller read a node of this type by its global id, or throws AccessError. */
export async function demandNodeAccess(context: OperationContext, typename: string): Promise<void> {
  const access = accessOf.get(typename);
  if (!access) throw failure('INVALID', `There is no node type ${typename.slice(0, 50)}.`, ['id']);
  await demandAccess(context.actor, access, async () => (await context.instance()).privilegedStaff);
}
