import {
  getNamedType,
  isInputObjectType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { OperationError, type InputPath } from '../errors.js';
import type { GraphQLContext } from './builder.js';

type Field = GraphQLField<unknown, GraphQLContext>;
type Arguments = Readonly<Record<string, unknown>>;

/** Arguments in which a form's empty field means that nothing was given. */
const optional = ['filter', 'after', 'before', 'host'];

/**
 * Reads the arguments of queries as forms send them, and names in refusals the place in them. A blank
 * text, an empty list and an empty cursor are not given; texts of a filter lose the spaces around them.
 * Operations name the field of their own input: `search` is `filter.search` to a caller of GraphQL.
 */
export function readArguments(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields()) as Field[]) {
      if (field.args.some(({ name }) => optional.includes(name) || name === 'by')) wrap(field);
    }
  }
  return schema;
}

function wrap(field: Field): void {
  const { resolve } = field;
  if (!resolve) return;
  const place = (error: unknown): never => {
    if (!(error instanceof OperationError)) throw error;
    const [first, ...rest] = error.issues.map((issue) => ({
      ...issue,
      inputPath: placed(issue.inputPath, field),
    }));
    throw first ? new OperationError([first, ...rest]) : error;
  };
  field.resolve = (parent, args: Arguments, context, info) => {
    try {
      const value: unknown = resolve(parent, tidied(args), context, info);
      return value instanceof Promise
        ? value.then((page: unknown) => withPlacedCount(page, place), place)
        : value;
    } catch (error) {
      return place(error);
    }
  };
}

/** A connection counts when it is asked to, and may refuse then. */
function withPlacedCount(page: unknown, place: (error: unknown) => never): unknown {
  if (
    typeof page !== 'object' ||
    page === null ||
    !('count' in page) ||
    typeof page.count !== 'function'
  )
    return page;
  const count = page.count as () => Promise<unknown>;
  return { ...page, count: () => count().catch(place) };
}

function tidied(args: Arguments): Record<string, unknown> {
  const given = Object.entries(args).filter(
    ([name, value]) => !optional.includes(name) || !isBlank(value),
  );
  return Object.fromEntries(
    given.map(([name, value]) => [name, name === 'filter' ? tidiedFilter(value) : value]),
  );
}

function tidiedFilter(filter: unknown): unknown {
  if (typeof filter !== 'object' || filter === null) return filter;
  const trimmed = Object.entries(filter).map(
    ([name, value]: [string, unknown]) => [name, trimmedValue(value)] as const,
  );
  return Object.fromEntries(trimmed.filter(([, value]) => !isBlank(value)));
}

function trimmedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.map(trimmedValue).filter((item) => !isBlank(item)) : value;
}

function isBlank(value: unknown): boolean {
  return (
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** How operations call what holds the criteria of a list. */
const containers = ['criteria', 'stretch'];

function placed(path: InputPath, field: Field): InputPath {
  const [name, ...rest] = containers.includes(path[0] ?? '') ? path.slice(1) : path;
  const names = field.args.map((arg) => arg.name);
  if (name === undefined || names.includes(name))
    return name === undefined ? path : [name, ...rest];
  const filter = field.args.find((arg) => arg.name === 'filter');
  const type = filter && getNamedType(filter.type);
  if (isInputObjectType(type) && name in type.getFields()) return ['filter', name, ...rest];
  return names.includes('by') ? ['by', ...rest] : path;
}
