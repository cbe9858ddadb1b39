import { BREAK, GraphQLError, visit, type DocumentNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Actor } from '../auth/actor.js';
import { ThrottledError } from '../errors.js';
import type { GraphQLContext } from '../schema/builder.js';
import { refusalError } from './limits/limit-error.js';
import { throttledError } from './throttled.js';

/** Who may ask for the schema and is told what a misspelt name may have meant. */
export type Introspection = 'everybody' | 'staff' | 'off';

/**
 * Keeps the schema from whom it is none of their business (docs/security-checklist.md#s5):
 * introspection is refused, and errors lose their
 * suggestions. Whoever has no valid credential learns nothing from a faulty document but that.
 * @param actorOf who asks; looked up for faulty documents only.
 */
export function schemaPrivacy(
  policy: Introspection,
  actorOf: (request: Request) => Promise<Actor | undefined>,
): Plugin<GraphQLContext> {
  const introspecting = new WeakMap<DocumentNode, boolean>();
  const invalid = new WeakSet();
  const mayKnow = (actor: Actor | undefined): boolean =>
    actor !== undefined &&
    (policy === 'everybody' ||
      (policy === 'staff' && (actor.kind !== 'account' || actor.isAdmin || actor.isModerator)));
  return {
    onValidate:
      ({ context }) =>
      ({ valid }) => {
        if (!valid) invalid.add(context);
      },
    onExecute: ({ args, setResultAndStopExecution }) => {
      const { document, contextValue } = args as {
        document: DocumentNode;
        contextValue: GraphQLContext;
      };
      const asks = introspecting.get(document) ?? introspects(document);
      introspecting.set(document, asks);
      if (asks && !mayKnow(contextValue.operation.actor))
        setResultAndStopExecution({
          errors: [
            refusalError(
              'FORBIDDEN',
              policy === 'off' ? 'Introspection is off.' : 'Introspection is for staff.',
            ),
          ],
        });
    },
    onExecutionResult: async (payload) => {
      const { request, context, result } = payload;
      if (!result || isAsyncIterable(result) || Array.isArray(result) || !result.errors) return;
      const isFaulty = invalid.has(context);
      if (!isFaulty && !result.errors.some(({ message }) => message.includes(suggestion))) return;
      const actor = await actorOf(request).catch((error: unknown) =>
        error instanceof ThrottledError ? error : undefined,
      );
      if (actor instanceof ThrottledError) payload.setResult({ errors: [throttledError(actor)] });
      else if (!actor && isFaulty)
        payload.setResult({ errors: [refusalError('UNAUTHENTICATED', 'Invalid credentials.')] });
      else if (!mayKnow(actor))
        payload.setResult({ ...result, errors: result.errors.map(withoutSuggestion) });
    },
  };
}

/** As graphql-js ends a message that has one. */
const suggestion = ' Did you mean ';

function withoutSuggestion(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, originalError, extensions } = error;
  return new GraphQLError(message.split(suggestion)[0] ?? '', {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}

function introspects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      found ||= name.value === '__schema' || name.value === '__type';
      return found ? BREAK : undefined;
    },
  });
  return found;
}
