import { announcementRoutes } from './announcements.js';
import { configRoutes } from './config/routes.js';
import { instanceDocumentRoutes } from './instance-documents.js';
import { instanceRoutes } from './instances.js';
import { moduleRoutes, refusedRoutes, unseenRoutes } from './instance-own.js';
import { inviteRoutes } from './invites.js';
import { moderationLogReadRoutes } from './moderation-log/read.js';
import { oauthAppRoutes } from './oauth-apps.js';
import { relayChangeRoutes } from './relays/change.js';
import { relayReadRoutes } from './relays/read.js';
import { reportChangeRoutes } from './reports/change.js';
import { reportReadRoutes } from './reports/read.js';
import type { Route } from './route.js';
import { ruleRoutes } from './rules.js';
import { statisticsRoutes } from './statistics.js';
import { statusChangeRoutes } from './statuses/change.js';
import { statusReadRoutes } from './statuses/read.js';
import { userChangeRoutes } from './users/change.js';
import { userCreateRoutes } from './users/create.js';
import { userCredentialRoutes } from './users/credentials.js';
import { userPermissionRoutes } from './users/permissions.js';
import { userReadRoutes } from './users/read.js';
import { userSignInRoutes } from './users/sign-in.js';

/** Every admin route of both dialects; docs/operations.md, the OpenAPI document and the matrices of the tests are held against it. */
export const routes: readonly Route[] = [
  ...userReadRoutes,
  ...userCreateRoutes,
  ...userChangeRoutes,
  ...userPermissionRoutes,
  ...userCredentialRoutes,
  ...userSignInRoutes,
  ...inviteRoutes,
  ...reportReadRoutes,
  ...reportChangeRoutes,
  ...statusReadRoutes,
  ...statusChangeRoutes,
  ...relayReadRoutes,
  ...relayChangeRoutes,
  ...moderationLogReadRoutes,
  ...configRoutes,
  ...oauthAppRoutes,
  ...announcementRoutes,
  ...ruleRoutes,
  ...instanceRoutes,
  ...statisticsRoutes,
  ...unseenRoutes,
];

/** Served too, but no part of the OpenAPI document: what is refused, and what is no JSON. */
export const undocumentedRoutes: readonly Route[] = [
  ...instanceDocumentRoutes,
  ...moduleRoutes,
  ...refusedRoutes,
];
