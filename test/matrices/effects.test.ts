import { operationRows } from '../support/docs-table.js';
import { describe, expect, it } from 'vitest';
import { assumedCompanion, noCompanion } from '../../src/instance/companion.js';
import { createClient } from '../support/client.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationsOf } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
const mutations = mutationsOf(world.family);

/** The last column of docs/operations.md: without the module → with it; one word where both are the same. */
const documented = new Map(
  operationRows.flatMap((cells) => {
    const [without = '', withModule = without] = (cells[7] ?? '').replaceAll('`', '').split(' → ');
    return [...(cells[3] ?? '').matchAll(/`(\w+)`/g)].map(
      ([, name = '']) => [name, { without, withModule }] as const,
    );
  }),
);

const documentOf = (name: string): string =>
  `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { errors { code } effect { kind } } }`;

describe.each([
  ['without the companion module', noCompanion, 'without'],
  ['with it', assumedCompanion, 'withModule'],
] as const)('an instance that has its actor internal.fetch, %s', (_what, companion, column) => {
  it.each(mutations)('notices %s as docs/operations.md says', async (name) => {
    const { inputs } = await makeScene(world);
    const client = createClient(sceneApp({}, companion), await world.token(world.admin));
    const kind = documented.get(name)?.[column];
    const { data } = await client.graphql(documentOf(name), { input: inputs[name] });
    if (kind === 'UNSUPPORTED')
      expect(data).toEqual({ [name]: { errors: [{ code: kind }], effect: null } });
    else expect(data).toEqual({ [name]: { errors: [], effect: { kind } } });
  });
});
