import { readArguments } from './arguments.js';
import { builder } from './builder.js';
import { guardFields } from './guarded.js';
import { boundLists } from './lists.js';
import { showUserRows } from './rows.js';
import './announcement/queries.js';
import './announcement/mutations.js';
import './oauth-app/queries.js';
import './oauth-app/mutations.js';
import './statistics.js';
import './config/queries.js';
import './config/mutations.js';
import './moderation-log/queries.js';
import './relay/type.js';
import './relay/mutations.js';
import './report/queries.js';
import './report/mutations.js';
import './status/queries.js';
import './status/mutations.js';
import './invite/queries.js';
import './invite/mutations.js';
import './user/queries.js';
import './user/mutations.js';
import './user/sign-in.js';
import './user/shell-tasks.js';
import './user/crowds.js';

/** The executable schema; schema.graphql is its printed form. */
export const schema = boundLists(readArguments(guardFields(showUserRows(builder.toSchema()))));
