import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { requestErrors, type RequestErrorCode } from './request-errors.js';

/** Characters of a message; such messages quote what was sent, however long. */
const maxMessage = 500;

/** An error in the request itself. Old clients, which accept `application/json`, get it with 200. */
export function requestError(
  code: RequestErrorCode,
  message: string,
  place: Pick<GraphQLErrorOptions, 'nodes' | 'path'> = {},
): GraphQLError {
  const { status } = requestErrors[code];
  return new GraphQLError(shortened(message), {
    ...place,
    extensions: { code, http: { status, spec: true } },
  });
}

/** At most so many characters of it. */
export function shortened(message: string, most: number = maxMessage): string {
  return message.length > most ? `${message.slice(0, most - 1)}…` : message;
}
