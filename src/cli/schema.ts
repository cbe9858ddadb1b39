import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../schema/index.js';

/** The GraphQL schema as text, sorted: what schema.graphql holds. */
export function printedSchema(): string {
  return printSchema(lexicographicSortSchema(schema));
}
