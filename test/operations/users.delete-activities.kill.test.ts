import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { engineName } from '../support/engine.js';
import { makePosts } from '../support/posts.js';
import { useProgram } from '../support/program.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const program = useProgram('killable-deletion.ts');
const statuses = 260;

/** Runs the program, and kills it (kill -9) as soon as it has said `when`, or some time after. Returns what it said. */
async function run(when: string | undefined, patience = 0): Promise<string> {
  const child = spawn(process.execPath, [program, world.databaseUrl ?? '', 'alice'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (when !== undefined && said.includes(when))
      setTimeout(() => child.kill('SIGKILL'), patience);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

const count = async (table: string, where: string): Promise<number> =>
  (await world.rows(table, where)).length;

/** Every status is there whole, or its Delete, its tombstone and its job are. */
async function expectWhole(): Promise<number> {
  const deleted = await count('activities', `data->>'type' = 'Delete'`);
  expect(await count('objects', `data->>'type' = 'Tombstone'`)).toBe(deleted);
  expect(await count('oban_jobs', `worker like '%PublisherWorker'`)).toBe(deleted);
  expect(await count('activities', `data->>'type' = 'Create'`)).toBe(statuses - deleted);
  expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([
    { note_count: statuses - deleted },
  ]);
  return deleted;
}

// On PGlite only one process can have the database open.
if (engineName === 'postgres') {
  it.each([0, 10, 40])(
    'killed %i ms after its first batch: whole batches are done, and the next run does the rest',
    async (patience) => {
      const alice = await world.user({ nickname: 'alice' });
      for (let made = 0; made < statuses; made += 1) await posts.status(alice);
      expect(await run('done 50', patience)).not.toContain('over');
      const deleted = await expectWhole();
      expect(deleted).toBeGreaterThanOrEqual(50);
      expect(deleted).toBeLessThan(statuses);
      expect(await run(undefined)).toContain('over');
      expect(await expectWhole()).toBe(statuses);
    },
  );
} else {
  it('is killed on PostgreSQL only', () => {
    expect(world.databaseUrl).toBeUndefined();
  });
}
