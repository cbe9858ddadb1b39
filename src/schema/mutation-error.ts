import { errorCatalogue, type ErrorCode, type Issue } from '../errors.js';
import { builder } from './builder.js';

const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description:
    'Why something was refused; the same codes appear in `extensions.code` of top-level errors.',
  values: Object.fromEntries(
    Object.entries(errorCatalogue).map(([code, { meaning }]) => [code, { description: meaning }]),
  ) as Record<ErrorCode, { description: string }>,
});

/** An expected failure of a mutation, as data. Concrete types tell the families apart. */
export const MutationError = builder.interfaceRef<Issue>('MutationError').implement({
  description: 'An expected failure: nothing was changed.',
  resolveType: (issue) => typeOf(issue.code),
  fields: (t) => ({
    code: t.expose('code', {
      type: ErrorCodeEnum,
      nullable: false,
      description: 'What kind of failure.',
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'A sentence that names the field and the rule.',
    }),
    path: t.stringList({
      nullable: false,
      description:
        'Path in the input, e.g. `["users", "1", "nickname"]`; empty for the whole input.',
      resolve: (issue) => [...issue.inputPath],
    }),
  }),
});

const errorTypes = {
  ValidationError: 'A value breaks a rule.',
  NotFoundError: 'Something named in the input does not exist.',
  ConflictError: 'The value is taken, or the row is not in the expected state.',
  ForbiddenError: 'The caller may use this operation, but not on this.',
  UnavailableError: 'Something outside is not there now; trying again later may help.',
} as const;

for (const [name, description] of Object.entries(errorTypes))
  builder.objectRef<Issue>(name).implement({ description, interfaces: [MutationError] });

function typeOf(code: ErrorCode): keyof typeof errorTypes {
  switch (code) {
    case 'NOT_FOUND':
      return 'NotFoundError';
    case 'TAKEN':
    case 'CONFLICT':
      return 'ConflictError';
    case 'FORBIDDEN':
    case 'UNAUTHENTICATED':
      return 'ForbiddenError';
    case 'UNAVAILABLE':
    case 'UNSUPPORTED':
    case 'RATE_LIMITED':
    case 'INTERNAL':
      return 'UnavailableError';
    default:
      return 'ValidationError';
  }
}
