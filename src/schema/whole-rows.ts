import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphQLContext } from './builder.js';

/**
 * Hands Pothos rows that operations returned with every column a field of `typeName` may select, so that it does not load them again:
 * what a mutation answers is what its transaction saw.
 */
export function wholeRows<Rows>(rows: Rows, typeName: string, context: GraphQLContext, info: GraphQLResolveInfo): Rows {
  queryFromInfo({ context, info, typeName, select: { id: true } });
  return rows;
}
