import { createRequire } from 'node:module';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const require = createRequire(import.meta.url);
/**
 * The suite that needs a database runs in worlds: either engine, with either family's tables. Every file is tried on both engines and with both
 * families by two opposite worlds, and half of the files by either pair, so that each of the four is tried by something. `WORLDS=all` tries all in all four.
 */
const pairs = [
  {
    worlds: ['akkoma-postgres', 'pleroma-pglite'],
    directories: ['attacks', 'auth', 'database', 'idempotency', 'operations'],
  },
  {
    worlds: ['pleroma-postgres', 'akkoma-pglite'],
    directories: ['cli', 'graphql', 'mail', 'rest', 'server'],
  },
] as const;
/** Every field × every caller, every mutation and route asked twice: what lies above the engine, but reads each family's rows; on the engine most instances run. */
const matrixTests = ['test/matrices/**/*.test.ts'];
/** Every mutation and route asked twice, every text hostile: long, and the same whatever the engine. */
const notOnPGlite = ['test/idempotency/everything.test.ts', 'test/attacks/texts.test.ts'];
const sampleTest = 'test/database/sample.test.ts';

// Files share a worker's modules: each makes a world of its own, and loading the schema anew would take longer than most tests.
// One copy of graphql: vitest would load its ESM and CommonJS builds side by side.
const common = {
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: { pool: 'forks', isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
} as const;

function world(
  engine: 'pglite' | 'postgres',
  family: 'akkoma' | 'pleroma',
): TestProjectInlineConfiguration {
  const name = `${family}-${engine}` as const;
  const directories = pairs
    .filter(({ worlds }) => process.env['WORLDS'] === 'all' || worlds.some((one) => one === name))
    .flatMap((pair) => pair.directories);
  const include = [
    ...directories.map((directory) => `test/${directory}/**/*.test.ts`),
    ...(engine === 'postgres' ? matrixTests : []),
  ];
  const exclude = [sampleTest, ...(engine === 'postgres' ? [] : notOnPGlite)];
  return {
    ...common,
    test: {
      ...common.test,
      name,
      include,
      exclude,
      env: { WORLD_ENGINE: engine, WORLD_FAMILY: family },
    },
  };
}

/** Kills, restarts, floods and generated requests: `npm run test:faults`. On PostgreSQL, with Akkoma's tables unless `WORLD_FAMILY=pleroma`. */
const faults: TestProjectInlineConfiguration = {
  ...common,
  test: {
    ...common.test,
    name: 'faults',
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 300_000,
    env: { WORLD_ENGINE: 'postgres', WORLD_FAMILY: process.env['WORLD_FAMILY'] ?? 'akkoma' },
  },
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      {
        ...common,
        test: {
          ...common.test,
          name: 'pure',
          include: ['test/{erlang,federation,lib,rules}/**/*.test.ts', sampleTest],
        },
      },
      world('postgres', 'akkoma'),
      world('postgres', 'pleroma'),
      world('pglite', 'akkoma'),
      world('pglite', 'pleroma'),
      faults,
    ],
  },
});
