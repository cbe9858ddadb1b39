import {
  countApps,
  listApps,
  type AppCriteria,
  type AppStretch,
} from '../../database/oauth-app-list.js';
import type { AppRow } from '../../database/oauth-apps.js';
import { operation } from '../operation.js';
import { access } from './rules.js';

/**
 * Client programs with their secrets, newest first unless the stretch turns that round
 * (docs/instance/other-routes.md#client-programs).
 */
export const oauthAppsList = operation({
  name: 'oauthAppsList',
  access,
  run: (
    { database },
    { criteria = {}, stretch }: { readonly criteria?: AppCriteria; readonly stretch: AppStretch },
  ): Promise<AppRow[]> => listApps(database, criteria, stretch),
});

/** How many apps match. */
export const oauthAppsCount = operation({
  name: 'oauthAppsCount',
  access,
  run: ({ database }, { criteria = {} }: { readonly criteria?: AppCriteria }): Promise<number> =>
    countApps(database, criteria),
});
