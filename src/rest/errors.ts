import { outageOf } from '../database/unreachable.js';
import {
  AccessError,
  errorCatalogue,
  OperationError,
  ThrottledError,
  type Issue,
} from '../errors.js';
import { patience } from '../idempotency/once.js';
import type { Dialect } from './dialect.js';
import { MalformedBodyError, UnknownBodyError } from './request.js';
import { noAction, ParameterError, Refusal, type RestAnswer } from './route.js';

/**
 * An expected failure as the dialect words it; undefined for anything else. The instance has no 401: a missing credential is 403
 * (docs/instance/oauth.md#order-of-checks).
 */
export function errorAnswer(error: unknown, dialect: Dialect): RestAnswer | undefined {
  if (error instanceof MalformedBodyError)
    return dialect === 'legacy' ? { status: 400, body: error.message } : noAction;
  if (error instanceof UnknownBodyError) return refusedBody(dialect, 415, error.message);
  if (error instanceof Refusal) return error.answer;
  if (error instanceof AccessError) return { status: 403, body: { error: error.message } };
  if (error instanceof ThrottledError)
    return {
      status: 429,
      body: { error: error.message },
      headers: { 'retry-after': String(error.retryAfter) },
    };
  if (error instanceof ParameterError) return parameterAnswer(error, dialect);
  if (error instanceof OperationError) return operationAnswer(error, dialect);
  const outage = outageOf(error);
  return outage === undefined
    ? undefined
    : { ...refusedBody(dialect, 503, outage), headers: { 'retry-after': '2' } };
}

function operationAnswer({ issues: [issue] }: OperationError, dialect: Dialect): RestAnswer {
  const { status } = errorCatalogue[issue.code];
  const message = isMissingSubject(issue) ? 'Not found' : issue.message;
  if (issue.code === 'FORBIDDEN') return { status, body: { error: message } };
  return {
    ...refusedBody(dialect, status, message),
    ...(issue.code === 'IN_PROGRESS' ? { headers: { 'retry-after': String(patience) } } : {}),
  };
}

/** A bare text where the documents' generation had one, else Akkoma's object. */
function refusedBody(dialect: Dialect, status: number, message: string): RestAnswer {
  return { status, body: dialect === 'legacy' ? message : { error: message } };
}

/** Documents and instance say just "Not found" of what the path names; of list items the message says which. */
function isMissingSubject({ code, inputPath }: Issue): boolean {
  const [subject = '', ...rest] = inputPath[0] === 'filter' ? inputPath.slice(1) : inputPath;
  const subjects = [
    'user',
    'author',
    'account',
    'report',
    'status',
    'note',
    'invite',
    'announcement',
    'rule',
    'document',
  ];
  return code === 'NOT_FOUND' && subjects.includes(subject) && rest.length <= 1;
}

type ParameterIssue = ParameterError['issues'][number];

function parameterAnswer({ issues }: ParameterError, dialect: Dialect): RestAnswer {
  if (dialect === 'legacy')
    return {
      status: 400,
      body: `Invalid parameters: ${issues.map((issue) => describe(issue, namedPlace(issue)).sentence).join(' ')}`,
    };
  const faults = issues.map((issue) => describe(issue, String(issue.path.at(-1) ?? '')));
  return {
    status: 400,
    body: {
      error: faults.map(({ sentence }) => sentence).join(' '),
      errors: faults.map(({ message, pointer }) => ({
        title: 'Invalid value',
        source: { pointer },
        message,
      })),
    },
  };
}

/** `nicknames.1` of an item of a list. */
function namedPlace({ path }: ParameterIssue): string {
  return path.slice(path.findLastIndex((part) => typeof part === 'string')).join('.');
}

/** Worded as Akkoma's OpenAPI layer does, which names of an item of a list only its place. */
function describe(
  issue: ParameterIssue,
  given: string,
): { sentence: string; message: string; pointer: string } {
  const name = given === '' ? 'body' : given;
  const pointer = `/${issue.path.map(String).join('/')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return { sentence: `Missing field: ${name}.`, message: `Missing field: ${name}`, pointer };
  return { sentence: `${name} - ${issue.message}.`, message: issue.message, pointer };
}
