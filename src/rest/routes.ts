import { moderationLogReadRoutes } from './moderation-log/read.js';
import { relayReadRoutes } from './relays/read.js';
import { reportReadRoutes } from './reports/read.js';
import type { Route } from './route.js';
import { statusReadRoutes } from './statuses/read.js';
import { userChangeRoutes } from './users/change.js';
import { userCreateRoutes } from './users/create.js';
import { userPermissionRoutes } from './users/permissions.js';
import { userReadRoutes } from './users/read.js';

/** Every admin route of both dialects; docs/operations.md and the matrices of the tests are held against it. */
export const routes: readonly Route[] = [
  ...userReadRoutes,
  ...userCreateRoutes,
  ...userChangeRoutes,
  ...userPermissionRoutes,
  ...reportReadRoutes,
  ...statusReadRoutes,
  ...relayReadRoutes,
  ...moderationLogReadRoutes,
];
