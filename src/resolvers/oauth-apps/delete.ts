import {
  deleteApp,
  lockApp,
  useOfApp,
  type AppReference,
  type AppRow,
} from '../../database/oauth-apps.js';
import { failure } from '../../errors.js';
import { operation } from '../operation.js';
import { access, unknownApp } from './rules.js';

export interface AppDeletion {
  readonly app: AppReference;
  /** Also ends every token made for it: whoever uses the app is logged out. */
  readonly revokeTokens?: boolean | undefined;
}

/**
 * Removes an app (docs/instance/other-routes.md#client-programs). The tables let none go that
 * somebody is logged in with, on which the instance
 * fails; here that is refused unless the tokens are to go too.
 * @throws OperationError NOT_FOUND when there is none, CONFLICT while it has tokens.
 */
export const oauthAppDelete = operation({
  name: 'oauthAppDelete',
  access,
  run: ({ database }, { app: reference, revokeTokens = false }: AppDeletion): Promise<AppRow> =>
    database.transaction(async (tx) => {
      const app = await lockApp(tx, reference);
      if (!app) throw unknownApp(reference);
      const { tokens, authorizations } = await useOfApp(tx, app.id);
      if (!revokeTokens && tokens + authorizations > 0) {
        throw failure(
          'CONFLICT',
          `The app has ${tokens} token(s) and ${authorizations} authorization(s): whoever uses it would be logged out.`,
          ['app'],
        );
      }
      await deleteApp(tx, app.id);
      return app;
    }),
});
