import { Validator } from '@seriousme/openapi-schema-validator';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { mountOAuth, type OAuthDependencies } from '../../src/rest/oauth/app.js';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import { prefixes } from '../../src/rest/dialect.js';
import { routes } from '../../src/rest/routes.js';
import { documentedOperations, schemaFaults } from '../support/openapi.js';

const document = openApiDocument();
const operations = documentedOperations(document);
const named = (method: string, path: string): string =>
  `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
const documented = operations.map(({ method, path }) => `${method} ${path}`).sort();

describe('the OpenAPI document', () => {
  it('is valid by OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('names every admin route in its dialects, every log-in route, and no other', () => {
    const admin = routes.flatMap(({ method, path, dialects }) =>
      dialects.map((dialect) => named(method, prefixes[dialect] + path)),
    );
    const app = new Hono();
    mountOAuth(app, {} as OAuthDependencies);
    expect(documented).toEqual(
      [...admin, ...app.routes.map(({ method, path }) => named(method, path))].sort(),
    );
  });

  it('gives each operation a name of its own', () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(operations)('$operationId', ({ body, parameters, responses, success }) => {
  const faults = (schema: object, value: unknown): unknown => schemaFaults(document, schema, value);

  it('shows an example of every parameter that must be there, and of the body', () => {
    expect(parameters.filter(({ required, example }) => required && example === undefined)).toEqual(
      [],
    );
    for (const { schema, example } of parameters)
      if (example !== undefined) expect(faults(schema, example)).toEqual([]);
    if (body) expect(faults(body.schema, body.example)).toEqual([]);
  });

  it('shows an example of every answer that fits its schema', () => {
    expect(success).toMatch(/^20[04]$/);
    for (const [code, { content }] of Object.entries(responses)) {
      expect(content === undefined, code).toBe(code === '204');
      if (content)
        expect(
          faults(content['application/json'].schema, content['application/json'].example),
          code,
        ).toEqual([]);
    }
  });
});
