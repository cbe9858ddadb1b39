import { readFileSync } from 'node:fs';
import { isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.js';
import type { App } from '../../src/server/app.js';
import { createClient } from '../support/client.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument, mutationsOf } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
const mutations = mutationsOf(world.family);
const rehearsable = mutations.filter((name) => {
  const input = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
  return isInputObjectType(input) && 'dryRun' in input.getFields();
});

/** The mutations docs/deviations.md names in a cell that begins so. */
function exceptions(beginning: string): readonly string[] {
  const cells = readFileSync(new URL('../../docs/deviations.md', import.meta.url), 'utf8')
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell.startsWith(beginning));
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
}
const [unlogged, several] = [exceptions('no log row: '), exceptions('several: ')];

let app: App;
beforeAll(() => {
  app = sceneApp();
});

interface LogRow {
  readonly actor: object;
  readonly action: string;
  readonly message: string;
  readonly steward_action?: string;
}

const logged = async (): Promise<LogRow[]> =>
  (await world.rows('moderation_log')).map(({ data }) => data as LogRow);

const done = (name: string) => ({
  status: 200,
  data: { [name]: { errors: [] } },
  errors: undefined,
});
const lines: string[] = [];

describe('every mutation leaves one log row that is true, but for those docs/deviations.md names', () => {
  it.each(mutations)('%s', async (name) => {
    const { inputs } = await makeScene(world);
    const client = createClient(app, await world.token(world.admin));
    const before = (await logged()).length;
    expect(await client.graphql(mutationDocument(name), { input: inputs[name] })).toMatchObject(
      done(name),
    );
    const rows = (await logged()).slice(before);
    expect(rows).toHaveLength(unlogged.includes(name) ? 0 : several.includes(name) ? 2 : 1);
    for (const { actor, action, message, steward_action: task } of rows) {
      expect(actor).toEqual({ id: world.admin.databaseId, nickname: 'admin', type: 'user' });
      lines.push(
        `| \`${name}\` | \`${action}\`${task === undefined ? '' : `, \`${task}\``} | ${message.replace(/#\w{18}/g, '#…')} |`,
      );
    }
  });

  it('whose sentences are those of log-rows.md', async () => {
    const head = [
      '# What the moderation log says of every mutation',
      '',
      "Written by log-rows.test.ts (`npx vitest -u`): the action, and Steward's own word where the instance knows no true one.",
      '',
      '| mutation | action | sentence |',
      '|---|---|---|',
    ];
    await expect([...head, ...lines, ''].join('\n')).toMatchFileSnapshot('./log-rows.md');
  });
});

it('a rehearsal leaves nothing, whichever mutation it is of', async () => {
  const { inputs } = await makeScene(world);
  const client = createClient(app, await world.token(world.admin));
  for (const name of rehearsable) {
    const answer = await world.expectUnchanged(() =>
      client.graphql(mutationDocument(name), { input: { ...inputs[name], dryRun: true } }),
    );
    expect(answer).toMatchObject(done(name));
  }
});

afterAll(() => {
  console.log(
    `S25: ${mutations.length} mutations, ${lines.length} rows, ${rehearsable.length} rehearsals`,
  );
});
