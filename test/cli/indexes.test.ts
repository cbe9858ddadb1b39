import { expect, it } from 'vitest';
import { showIndexes } from '../../src/cli/indexes.js';
import { optionalIndexes } from '../../src/database/indexes.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

async function said(create: boolean): Promise<string[]> {
  const lines: string[] = [];
  await showIndexes(world.database, { create }, (line) => lines.push(line));
  return lines;
}

it('shows what is missing, creates it when told, and then finds it (issue: "steward indexes")', async () => {
  const names = optionalIndexes.map(({ name }) => name);
  expect((await said(false)).map((line) => line.split(/[\s:]+/).slice(0, 2))).toEqual([
    ...names.map((name) => ['missing', name]),
    ['Nothing', 'needs'],
  ]);
  expect((await said(true)).map((line) => line.split(/[\s:]+/).slice(0, 2))).toEqual(
    names.map((name) => ['created', name]),
  );
  expect((await said(false)).map((line) => line.split(/[\s:]+/).slice(0, 2))).toEqual(
    names.map((name) => ['present', name]),
  );
  const definitions = await world.rows('pg_indexes', `indexname like 'steward_%'`);
  expect(definitions).toHaveLength(names.length);
});

it('says the same as JSON', async () => {
  const lines: string[] = [];
  await showIndexes(world.database, { json: true }, (line) => lines.push(line));
  expect(
    lines.map((line) => (JSON.parse(line) as { name: string }[]).map(({ name }) => name)),
  ).toEqual([optionalIndexes.map(({ name }) => name)]);
});
