import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphQLContext } from './builder.js';

/**
 * Hands Pothos rows that operations returned with every column a field of `typeName` may select, so that it does not load them again:
 * what a mutation answers is what its transaction saw.
 * @param paths where in the field's selection the rows are asked for, e.g. those of a connection; default: the field itself.
 */
export function wholeRows<Rows>(rows: Rows, typeName: string, context: GraphQLContext, info: GraphQLResolveInfo, paths: readonly string[][] = [[]]): Rows {
  queryFromInfo({ context, info, typeName, select: { id: true }, paths: [...paths] });
  return rows;
}

/** Where a connection's rows are asked for. */
export const connectionPaths = [['nodes'], ['edges', 'node']];
