import { builder } from './builder.js';
import './user/queries.js';
import './user/mutations.js';

/** The executable schema; schema.graphql is its printed form. */
export const schema = builder.toSchema();
