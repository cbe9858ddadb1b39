import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import { differenceBetween } from '../support/difference.js';
import { useExampleWorld } from '../support/example-world.js';
import { askWith, useKeepingApps } from '../support/keyed.js';
import { family } from '../support/engine.js';
import { documentedOperations, exampleUrl } from '../support/openapi.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument, mutationsOf } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';

const headers = { 'idempotency-key': 'e0c3a4f0-3a52-4a0b-8b53-0d2f5d0a7f10' };

describe('S18 every mutation', () => {
  const world = useWorld();
  useKeepingApps(world);
  const app = useSceneApp(world);

  /** Sends it `times` times, and counts the rows that came and went. */
  const send = async (name: string, times: number, keyed: Record<string, string>) => {
    await world.reset();
    const { inputs } = await makeScene(world);
    const ask = askWith(app({ keepsAnswers: true }), {
      authorization: `Bearer ${await world.token(world.admin)}`,
    });
    const before = await world.snapshot();
    const answers = [];
    for (let time = 0; time < times; time += 1)
      answers.push(
        await ask(
          'POST',
          '/graphql',
          { query: mutationDocument(name), variables: { input: inputs[name] } },
          keyed,
        ),
      );
    return { answers, difference: differenceBetween(before, await world.snapshot()) };
  };

  it.each(mutationsOf(family))(
    '%s, asked three times with one key, does what it does once',
    async (name) => {
      const usual = await send(name, 1, {});
      expect(usual.answers[0]).toMatchObject({
        status: 200,
        body: { data: { [name]: { errors: [] } } },
      });
      const { answers, difference } = await send(name, 3, headers);
      expect(difference).toEqual(usual.difference);
      expect(answers.map(({ status, body }) => [status, body])).toEqual(
        answers.map(() => [200, usual.answers[0]?.body]),
      );
      expect(answers.map((answer) => answer.headers.get('idempotent-replayed'))).toEqual([
        null,
        'true',
        'true',
      ]);
    },
  );
});

describe('S18 every route that changes something', () => {
  const world = useWorld();
  useKeepingApps(world);
  const client = useExampleWorld(world);
  const writing = documentedOperations(openApiDocument(), family).filter(
    ({ method, path }) => method !== 'GET' && path.includes('/admin/'),
  );

  it('says in the OpenAPI document that it takes a key, and no other does', () => {
    const taking = documentedOperations(openApiDocument(), family).filter(({ parameters }) =>
      parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(taking.map(({ operationId }) => operationId)).toEqual(
      writing.map(({ operationId }) => operationId),
    );
    for (const { responses } of taking)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['409', '422']));
  });

  it.each(writing)(
    '$method $path, asked again with its key, changes nothing more',
    async (operation) => {
      const { method, body, success } = operation;
      const admin = await client({ keepsAnswers: true });
      const first = await admin.rest(method, exampleUrl(operation), body?.example, headers);
      expect([first.status, first.headers.get('idempotency-key')]).toEqual([
        Number(success),
        headers['idempotency-key'],
      ]);
      const again = await world.expectUnchanged(() =>
        admin.rest(method, exampleUrl(operation), body?.example, headers),
      );
      expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([
        first.status,
        first.body,
        'true',
      ]);
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    },
  );
});
