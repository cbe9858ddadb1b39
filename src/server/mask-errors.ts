import { PothosValidationError } from '@pothos/core';
import { GraphQLError } from 'graphql';
import { outageOf } from '../database/unreachable.js';
import {
  AccessError,
  errorCatalogue,
  OperationError,
  type AccessDemand,
  type ErrorCode,
} from '../errors.js';
import { shortened } from './request-error.js';

const unexpected = new WeakMap<GraphQLError, unknown>();

/**
 * Makes of any error the one clients may see: refusals with their code, what the database cannot do now as UNAVAILABLE, and whatever nobody
 * expected as INTERNAL, without a word of it.
 * @param message for what nobody expected.
 */
export function maskError(error: unknown, message: string): GraphQLError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (original instanceof AccessError) return located(accessError(original), error);
  if (original instanceof OperationError)
    return located(
      topLevelError(original.code, original.message, original.issues[0].inputPath),
      error,
    );
  if (original instanceof PothosValidationError)
    return located(topLevelError('INVALID', shortened(original.message, 200)), error); // a global id, a cursor
  if (original instanceof GraphQLError && original.extensions['code'] !== undefined)
    return original === error ? original : located(original, error);
  // An argument of a field whose value does not fit: graphql-js names the place itself, and throws nothing else so.
  if (original instanceof GraphQLError && original !== error && original.nodes)
    return located(
      new GraphQLError(shortened(original.message), {
        nodes: original.nodes,
        extensions: { code: 'BAD_USER_INPUT' },
      }),
      error,
    );
  const outage = outageOf(original);
  if (outage !== undefined) return located(topLevelError('UNAVAILABLE', outage), error);
  const masked = located(topLevelError('INTERNAL', message), error);
  unexpected.set(masked, original);
  return masked;
}

/** What nobody expected behind a masked error; undefined for every other. */
export function unexpectedBehind(masked: GraphQLError): unknown {
  return unexpected.get(masked);
}

/** An error outside of any mutation's payload, with the status its code has. */
export function topLevelError(
  code: ErrorCode,
  message: string,
  inputPath: readonly string[] = [],
): GraphQLError {
  const { status } = errorCatalogue[code];
  const http =
    code === 'UNAVAILABLE'
      ? { http: { status, headers: { 'retry-after': '2' } } }
      : code === 'UNAUTHENTICATED'
        ? { http: { status } }
        : {};
  return new GraphQLError(message, {
    extensions: { code, ...(inputPath.length > 0 ? { inputPath } : {}), ...http },
  });
}

/**
 * A refused access. Says besides the instance's words what the operation asks of its callers, in
 * the message and in `extensions`: `operation`, `requiredRole`, `requiredScope` and, on Pleroma,
 * `requiredPrivilege`.
 */
export function accessError({ code, message, demand }: AccessError): GraphQLError {
  if (!demand) return topLevelError(code, message);
  const { operation, role, scope, privilege } = demand;
  const error = topLevelError(code, `${message} ${sentenceOf(demand)}`);
  return new GraphQLError(error.message, {
    extensions: {
      ...error.extensions,
      operation,
      requiredRole: role,
      requiredScope: scope,
      ...(privilege === undefined ? {} : { requiredPrivilege: privilege }),
    },
  });
}

/** How messages call the roles; `privileged` is Akkoma's third. */
const roleNames: Readonly<Record<string, string>> = {
  staff: 'the role of an admin or a moderator',
  privileged: 'the role of an admin, or of a moderator while privileged_staff is set',
  admin: 'the role of an admin',
};

function sentenceOf({ operation, role, scope, privilege }: AccessDemand): string {
  const needs = [
    roleNames[role] ?? role,
    ...(privilege === undefined ? [] : [`the privilege ${privilege}`]),
    ...(scope === null ? [] : [`the scope ${scope}`]),
  ];
  return `${operation} needs ${needs.join('; ')}.`;
}

/** Keeps where in the document the error arose. */
function located(error: GraphQLError, origin: unknown): GraphQLError {
  if (!(origin instanceof GraphQLError)) return error;
  const nodes = error.nodes ?? origin.nodes;
  return new GraphQLError(error.message, {
    extensions: error.extensions,
    ...(nodes ? { nodes } : {}),
    ...(origin.path ? { path: origin.path } : {}),
  });
}
