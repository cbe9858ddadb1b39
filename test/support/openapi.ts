import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import type { Family } from '../../src/database/family.js';

/** Something with a schema and an example that should fit it. */
interface Sample {
  readonly schema: object;
  readonly example: unknown;
}

interface Parameter extends Sample {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Sample>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json': Sample } }>
  >;
}

/** An operation as a client reads it from the OpenAPI document. */
export interface DocumentedOperation extends Pick<
  Operation,
  'operationId' | 'security' | 'responses'
> {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Sample | undefined;
  /** Media types of the body. */
  readonly mediaTypes: readonly string[];
  /** Status of a success. */
  readonly success: string;
}

/** The operations of an OpenAPI document; on Akkoma without those of rules, which it does not have. */
export function documentedOperations(
  document: Record<string, unknown>,
  family: Family = 'pleroma',
): DocumentedOperation[] {
  return Object.entries(document['paths'] as Record<string, Record<string, Operation>>)
    .filter(([path]) => family === 'pleroma' || !/\/rules(\/|$)/.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId, security, parameters = [], requestBody, responses }]) => ({
          operationId,
          security,
          parameters,
          responses,
          path,
          method: method.toUpperCase(),
          body: requestBody?.content['application/json'],
          mediaTypes: Object.keys(requestBody?.content ?? {}),
          success: Object.keys(responses).find((code) => code.startsWith('2')) ?? 'none',
        }),
      ),
    );
}

/** The address of the operation's example. */
export function exampleUrl({ path, parameters }: DocumentedOperation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) =>
    encodeURIComponent(
      String(
        parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.example,
      ),
    ),
  );
  const query = new URLSearchParams();
  for (const { name, in: place, example } of parameters)
    if (place === 'query' && example !== undefined)
      for (const value of [example].flat())
        query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

const validators = new WeakMap<object, Ajv2020>();

/** What of a value breaks a schema of the document. */
export function schemaFaults(document: object, schema: object, value: unknown): unknown {
  const ajv = validators.get(document) ?? newValidator(document);
  const validate: ValidateFunction = ajv.compile(
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as object,
  );
  return validate(value) ? [] : validate.errors;
}

/** What of an answer breaks what the operation says of answers with this status. */
export function answerFaults(
  document: object,
  { responses }: DocumentedOperation,
  status: string,
  body: unknown,
): unknown {
  const content = responses[status]?.content?.['application/json'];
  return content
    ? schemaFaults(document, content.schema, body)
    : body === undefined
      ? []
      : ['The body should be empty.'];
}

function newValidator(document: object): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formatsPlugin.default(ajv);
  ajv.addSchema(document, 'api');
  validators.set(document, ajv);
  return ajv;
}
