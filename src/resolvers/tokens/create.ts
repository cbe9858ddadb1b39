import { failure } from '../../errors.js';
import { unpaddedSecret } from '../../auth/secret.js';
import { grantedScopes } from '../../auth/token-scopes.js';
import { insertApp } from '../../database/oauth-apps.js';
import { insertToken, type TokenRow } from '../../database/oauth-grants.js';
import type { UserReference, UserRow } from '../../database/users.js';
import { shellOnly } from '../account-actor.js';
import { operation } from '../operation.js';
import { accountStatus, mentionedAs } from '../users/model.js';
import { lockLocalTarget } from '../users/targets.js';

export interface NewToken {
  readonly user: UserReference;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
}

export interface CreatedToken {
  readonly user: UserRow;
  readonly row: TokenRow;
}

const clientName = 'Steward';
const maxScopeLength = 255;

/**
 * Makes a bearer token for an account, for scripts and for the first log-in. At the shell only: through the API it would let one admin act
 * as another.
 * @throws OperationError INVALID for scopes or a time that make no token, CONFLICT for an account that can't log in.
 */
export const tokenCreate = operation({
  name: 'tokenCreate',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  bar: shellOnly,
  run: (context, { user: reference, scopes, expiresAt }: NewToken): Promise<CreatedToken> => {
    if (
      scopes.length === 0 ||
      scopes.some((scope) => scope.length > maxScopeLength || !/^[\w:.-]+$/.test(scope))
    )
      throw failure('INVALID', 'scopes must be a list such as "admin:read admin:write".', [
        'scopes',
      ]);
    if (expiresAt <= context.now())
      throw failure('INVALID', 'expires must lie ahead.', ['expiresAt']);
    return context.database.transaction(async (tx) => {
      const user = await lockLocalTarget(context, tx, reference, 'change', ['user']);
      if (accountStatus(user) !== 'ACTIVE')
        throw failure('CONFLICT', `${mentionedAs(user)} cannot log in now.`, ['user']);
      if (
        grantedScopes(scopes, scopes, user.isAdmin || user.isModerator)?.length !==
        new Set(scopes).size
      )
        throw failure(
          'CONFLICT',
          `${mentionedAs(user)} is no member of the staff: admin scopes would be of no use.`,
          ['scopes'],
        );
      const app = await insertApp(
        tx,
        {
          clientName,
          redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
          scopes,
          website: null,
          clientId: unpaddedSecret(),
          clientSecret: unpaddedSecret(),
          userId: user.id,
        },
        context.now(),
      );
      const grant = {
        appId: app.id,
        userId: user.id,
        scopes: [...new Set(scopes)],
        validUntil: expiresAt,
      };
      return {
        user,
        row: await insertToken(
          tx,
          grant,
          { token: unpaddedSecret(), refreshToken: unpaddedSecret() },
          context.now(),
        ),
      };
    });
  },
});
