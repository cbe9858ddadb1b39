import { resolved, type Components, type Schema } from './schemas.js';

/** A value that fits a schema: its example, else one made of the examples of its parts. */
export function exampleOf(given: Schema, components: Components): unknown {
  const schema = resolved(given, components);
  const [example] = schema.examples ?? schema.enum ?? [];
  if (example !== undefined) return example;
  if ('const' in schema) return schema['const'];
  if (schema.anyOf) return exampleOf(schema.anyOf[0] ?? {}, components);
  switch (Array.isArray(schema.type) ? (schema.type[0] as unknown) : schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [
          name,
          exampleOf(schema.properties?.[name] ?? {}, components),
        ]),
      );
    case 'array':
      return [exampleOf(schema.items ?? {}, components)];
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return 0;
    case 'string':
      return '';
    default:
      return null;
  }
}
