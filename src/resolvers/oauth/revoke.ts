import type { OperationContext } from '../../context.js';
import { deleteToken } from '../../database/oauth-grants.js';

/**
 * Ends a token. Whoever has it may; an unknown one is as good as ended
 * (docs/instance/oauth.md#revoking-a-token).
 */
export async function revokeToken(context: OperationContext, token: string): Promise<void> {
  await deleteToken(context.database.prisma, { token });
}
