import {
  lockApp,
  updateApp,
  type AppChanges,
  type AppReference,
  type AppRow,
} from '../../database/oauth-apps.js';
import { operation } from '../operation.js';
import type { AppInput } from './create.js';
import { access, refuseFaults, unknownApp } from './rules.js';

export type AppUpdate = { readonly [Field in keyof AppInput]?: AppInput[Field] | undefined } & {
  readonly app: AppReference;
};

/**
 * Changes an app; what is not given stays, and its id and secret always do
 * (docs/instance/other-routes.md#client-programs). Tokens made before keep
 * their scopes.
 * @throws OperationError INVALID as for a new app, NOT_FOUND when there is none.
 */
export const oauthAppUpdate = operation({
  name: 'oauthAppUpdate',
  access,
  run: (
    { database, now },
    { app: reference, name, redirectUris, scopes, website, trusted }: AppUpdate,
  ): Promise<AppRow> => {
    const given = { clientName: name, redirectUris, scopes, website, trusted };
    const changes = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as AppChanges;
    refuseFaults(changes);
    return database.transaction(async (tx) => {
      const app = await lockApp(tx, reference);
      if (!app) throw unknownApp(reference);
      return changesNothing(app, changes) ? app : updateApp(tx, app.id, changes, now());
    });
  },
});

/** The time of the last change stays when nothing does (docs/instance/schema.md#timestamps). */
function changesNothing(app: AppRow, changes: AppChanges): boolean {
  return Object.entries(changes).every(
    ([field, value]) => JSON.stringify(app[field as keyof AppChanges]) === JSON.stringify(value),
  );
}
