import { demandAccess } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { declaredOperations } from '../resolvers/operation.js';

/**
 * Demands the access of every operation behind these root fields; fields are named like the
 * operation they call.
 * @throws AccessError
 */
export async function demandRootAccess(
  context: OperationContext,
  fields: Iterable<string>,
): Promise<void> {
  for (const field of fields) {
    const operation = declaredOperations().get(field);
    if (operation) await demandAccess(context, operation);
  }
}
