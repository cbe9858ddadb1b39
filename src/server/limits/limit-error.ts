import { GraphQLError, type ASTNode } from 'graphql';
import { errorCatalogue, type ErrorCode } from '../../errors.js';

/** A refusal before anything was executed: its own status whatever the client accepts, where Yoga would answer 200 to old clients. */
export function refusalError(
  code: ErrorCode,
  message: string,
  inputPath: readonly string[] = [],
  nodes: readonly ASTNode[] = [],
): GraphQLError {
  return new GraphQLError(message, {
    ...(nodes.length > 0 ? { nodes } : {}),
    extensions: {
      code,
      ...(inputPath.length > 0 ? { inputPath } : {}),
      http: { status: errorCatalogue[code].status, spec: false },
    },
  });
}
