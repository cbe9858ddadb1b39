import { unpaddedSecret } from '../../auth/secret.js';
import { insertApp, type AppRow } from '../../database/oauth-apps.js';
import { operation } from '../operation.js';
import { access, refuseFaults } from './rules.js';

export interface AppInput {
  readonly name: string;
  /** Separated by white space. */
  readonly redirectUris: string;
  readonly scopes?: readonly string[] | undefined;
  readonly website?: string | null | undefined;
  /** A trusted app's users are not asked whether they let it in. */
  readonly trusted?: boolean | undefined;
}

/**
 * Registers a client program with a new secret; it is nobody's
 * (docs/instance/other-routes.md#client-programs). The moderation log knows
 * no such action, so no row is written.
 * @throws OperationError INVALID for texts the columns can't hold and for the name of the instance's own app.
 */
export const oauthAppCreate = operation({
  name: 'oauthAppCreate',
  access,
  run: (
    { database, now },
    { name, redirectUris, scopes = [], website = null, trusted = false }: AppInput,
  ): Promise<AppRow> => {
    const app = { clientName: name, redirectUris, scopes, website, trusted };
    refuseFaults(app);
    return database.transaction((tx) =>
      insertApp(
        tx,
        { ...app, clientId: unpaddedSecret(), clientSecret: unpaddedSecret(), userId: null },
        now(),
      ),
    );
  },
});
