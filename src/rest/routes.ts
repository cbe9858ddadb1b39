import type { Route } from './route.js';
import { userChangeRoutes } from './users/change.js';
import { userCreateRoutes } from './users/create.js';
import { userPermissionRoutes } from './users/permissions.js';
import { userReadRoutes } from './users/read.js';

/** Every admin route of both dialects; docs/operations.md and the matrices of the tests are held against it. */
export const routes: readonly Route[] = [...userReadRoutes, ...userCreateRoutes, ...userChangeRoutes, ...userPermissionRoutes];
