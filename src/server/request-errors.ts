/**
 * What can be wrong with a GraphQL request itself, beside the catalogue of src/errors.ts: the codes that
 * GraphQL clients know. docs/errors.md lists the same rows; a test compares the two. The status is that of
 * `application/graphql-response+json`; to `application/json` a request that was understood is answered 200.
 */
export const requestErrors = {
  BAD_REQUEST: {
    status: 400,
    meaning: 'The request is no GraphQL request, or its method or parameters do not fit.',
  },
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The document breaks the grammar of GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'The document does not fit the schema.' },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning: '`operationName` is missing, or names no operation of the document.',
  },
  BAD_USER_INPUT: {
    status: 400,
    meaning:
      'A variable or an argument has a value that its type does not take; the message names it.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 404,
    meaning: 'No document is known by this hash: send it with the hash, once.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 400,
    meaning: 'Only the documents of PERSISTED_OPERATIONS_FILE run here, and none has this hash.',
  },
} as const;

export type RequestErrorCode = keyof typeof requestErrors;
