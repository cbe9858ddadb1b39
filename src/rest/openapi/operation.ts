import type { z } from 'zod';
import type { Parameters } from '../request.js';
import { exampleOf } from './example.js';
import { jsonSchema, type Components, type Schema } from './schemas.js';

/** One operation of the document, whatever table it stands in. */
export interface Described {
  readonly method: string;
  /** Whole, with `:name` for its parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly input: z.ZodType;
  /** Whether a form may stand for the JSON body. */
  readonly takesForms: boolean;
  /** Whether it may be asked with an Idempotency-Key. */
  readonly takesKey?: boolean;
  readonly status: number;
  readonly answers: z.ZodType;
  /** By status, `default` for all others. */
  readonly refusals: Readonly<Record<string, z.ZodType>>;
  readonly example: Parameters;
}

/** The path as OpenAPI writes it. */
export function pathTemplate(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/** What the document says of one operation. */
export function operationObject(
  described: Described,
  components: Components,
): Record<string, unknown> {
  const { operationId, tag, summary, description, security, status, answers, refusals } = described;
  const answer = (code: string, schema: z.ZodType): [string, unknown] => [
    code,
    response(code, jsonSchema(schema, 'output', components), components),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security,
    ...request(described, components),
    responses: Object.fromEntries([
      answer(String(status), answers),
      ...Object.entries(refusals).map(([code, schema]) => answer(code, schema)),
    ]),
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  description:
    'A new UUID for each change: a request that comes again with the same key and content is answered as the first was, and done once. Heeded where Steward has a schema of its own.',
};

/** Parameters stand in the path where it names them, in the query of a GET, else in the body. */
function request(
  { method, path, input, example, takesForms, takesKey = false }: Described,
  components: Components,
): Record<string, unknown> {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const whole = jsonSchema(input, 'input', components);
  const variants = whole.anyOf ?? [whole];
  const [{ properties = {}, required = [] } = {}] = variants;
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const parameters: Record<string, unknown>[] = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: properties[name] ?? { type: 'string' },
    example: example[name],
  }));
  if (method === 'GET') {
    const inQuery = rest.map((name) => ({
      ...queryParameter(name, properties[name] ?? {}, example[name]),
      required: required.includes(name),
    }));
    return { parameters: [...parameters, ...inQuery] };
  }
  if (takesKey) parameters.push(idempotencyKey);
  if (rest.length === 0) return { parameters };
  const body = {
    schema: withoutNames(whole, inPath),
    example: Object.fromEntries(Object.entries(example).filter(([name]) => !inPath.includes(name))),
  };
  const forms = { 'application/x-www-form-urlencoded': body, 'multipart/form-data': body };
  const content = { 'application/json': body, ...(takesForms ? forms : {}) };
  return {
    parameters,
    requestBody: {
      required: variants.every(({ required: needed = [] }) =>
        needed.some((name) => !inPath.includes(name)),
      ),
      content,
    },
  };
}

/** Lists are sent as `name[]`, once for each item. */
function queryParameter(name: string, schema: Schema, example: unknown): Record<string, unknown> {
  return {
    name: schema.type === 'array' ? `${name}[]` : name,
    in: 'query',
    schema,
    ...(example === undefined ? {} : { example }),
  };
}

function withoutNames(schema: Schema, names: readonly string[]): Schema {
  if (schema.anyOf)
    return { ...schema, anyOf: schema.anyOf.map((variant) => withoutNames(variant, names)) };
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(([name]) => !names.includes(name)),
  );
  const { required, ...rest } = schema;
  const left = required?.filter((name) => !names.includes(name)) ?? [];
  return { ...rest, properties, ...(left.length > 0 ? { required: left } : {}) };
}

const meanings: Readonly<Record<string, string>> = {
  200: 'Done.',
  204: 'Done; the body is empty.',
  400: 'The parameters break a rule.',
  403: 'No credential, or it lacks the role or the scope, or may not do this to that account.',
  404: 'Nothing has that id or name.',
  409: 'Another row has this unique value, a row is not in the state this needs, or the first request with this Idempotency-Key is still at work.',
  415: 'The body is neither JSON nor a form, or is not in UTF-8.',
  422: 'The Idempotency-Key came before with another request; nothing was done.',
  429: 'Too many attempts or requests; try again after the time in Retry-After.',
  500: 'It could not be done.',
  503: 'The database cannot be reached now.',
};

function response(code: string, schema: Schema, components: Components): Record<string, unknown> {
  const description = meanings[code] ?? 'Refused.';
  return code === '204'
    ? { description }
    : {
        description,
        content: { 'application/json': { schema, example: exampleOf(schema, components) } },
      };
}
