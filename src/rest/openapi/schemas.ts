import { z } from 'zod';

/** A JSON schema, as OpenAPI 3.1 has it too. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
}

export type Components = Record<string, Schema>;

const below = '#/components/schemas/';

/** A zod schema as JSON schema: of what a caller sends, or of what is answered. Named parts go into `components` and are referred to. */
export function jsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Components,
): Schema {
  const { $defs, ...whole } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: made }) => {
      tidy(made);
    },
  });
  const moved = (part: object): Schema =>
    JSON.parse(
      JSON.stringify({ ...part, $schema: undefined }).replaceAll('"#/$defs/', `"${below}`),
    ) as Schema;
  for (const [name, part] of Object.entries($defs ?? {})) components[name] = moved(part);
  return moved(whole);
}

/** What a reference stands for; other schemas as they are. */
export function resolved(schema: Schema, components: Components): Schema {
  return schema.$ref === undefined ? schema : (components[schema.$ref.slice(below.length)] ?? {});
}

/** JavaScript's largest integers are no rule of the API, and what has a default need not be sent. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  const { properties = {}, required } = schema;
  const left = required?.filter((name) => !hasDefault(properties[name]));
  if (left?.length === 0) delete schema.required;
  else if (left) schema.required = left;
}

function hasDefault(property: z.core.JSONSchema._JSONSchema | undefined): boolean {
  return typeof property === 'object' && property.default !== undefined;
}
