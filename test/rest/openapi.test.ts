import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import { family } from '../support/engine.js';
import { useExampleWorld } from '../support/example-world.js';
import { answerFaults, documentedOperations, exampleUrl } from '../support/openapi.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const client = useExampleWorld(world);
const document = openApiDocument();
const operations = documentedOperations(document, family);

interface Described {
  readonly description?: string;
  readonly security: readonly { readonly oauth?: readonly string[] }[];
}

it('is served as it is made from the route tables', async () => {
  const { status, body, headers } = await world.as(undefined).rest('GET', '/api/openapi.json');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(body).toEqual(JSON.parse(JSON.stringify(document)));
});

it('describes every tag and operation, and declares every scope they ask for', () => {
  const { tags, paths, components } = JSON.parse(JSON.stringify(document)) as {
    tags: { name: string; description?: string }[];
    paths: Record<string, Record<string, Described>>;
    components: {
      securitySchemes: { oauth: { flows: Record<string, { scopes: Record<string, string> }> } };
    };
  };
  const all = Object.values(paths).flatMap((path) => Object.values(path));
  expect([...tags, ...all].filter(({ description }) => !description)).toEqual([]);
  const asked = all.flatMap(({ security }) => security.flatMap(({ oauth = [] }) => oauth));
  for (const { scopes } of Object.values(components.securitySchemes.oauth.flows))
    expect(Object.keys(scopes)).toEqual([...new Set(asked)].sort());
});

describe.each(operations)('$method $path', (operation) => {
  const { method, body, responses, security, success } = operation;

  it('answers its example, nobody in particular, and broken bodies as the document says', async () => {
    const [admin, nobody] = [await client(), world.as(undefined)];
    const path = exampleUrl(operation);
    const refusals = await world.expectUnchanged(async () => [
      ...(security.length > 0 ? [await nobody.rest(method, path, body?.example)] : []),
      ...(body && responses['400']
        ? [await admin.rest(method, path, '[', { 'content-type': 'application/json' })]
        : []),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual([
      ...(security.length > 0 ? [403] : []),
      ...(body && responses['400'] ? [400] : []),
    ]);
    for (const refusal of refusals)
      expect(answerFaults(document, operation, String(refusal.status), refusal.body)).toEqual([]);

    const answer = await admin.rest(method, path, body?.example);
    expect({
      status: answer.status,
      faults: answerFaults(document, operation, success, answer.body),
      body: answer.body,
    }).toEqual({ status: Number(success), faults: [], body: answer.body });
  });
});
