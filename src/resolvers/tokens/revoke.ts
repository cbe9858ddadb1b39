import { deleteToken } from '../../database/oauth-grants.js';
import { failure } from '../../errors.js';
import { shellOnly } from '../account-actor.js';
import { operation } from '../operation.js';

/** Ends a token, named by itself or by its number. At the shell only. @throws OperationError NOT_FOUND */
export const tokenRevoke = operation({
  name: 'tokenRevoke',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  bar: shellOnly,
  run: async (context, { tokenOrId }: { readonly tokenOrId: string }): Promise<void> => {
    const by = /^\d{1,18}$/.test(tokenOrId) ? { id: BigInt(tokenOrId) } : { token: tokenOrId };
    if ((await deleteToken(context.database.prisma, by)) === 0)
      throw failure('NOT_FOUND', 'There is no such token.', ['token']);
  },
});
