import { createRequire } from 'node:module';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const require = createRequire(import.meta.url);
const worldTests = ['test/{attacks,auth,cli,database,graphql,idempotency,mail,matrices,operations,rest,server}/**/*.test.ts'];
/** The longest: what they try lies above both engines and both families, so that each engine and each family once is enough. */
const longTests = [
  'test/attacks/**/*.test.ts',
  'test/idempotency/everything.test.ts',
  'test/rest/{admin-fe,hostile-parameters,openapi,other-clients}.test.ts',
];
/** Every field × every caller: rules that lie above the engine, but read each family's rows; so both families, on the engine most instances run. */
const matrixTests = 'test/matrices/**/*.test.ts';
const sampleTest = 'test/database/sample.test.ts';

// Files share a worker's modules: each makes a world of its own, and loading the schema anew would take longer than most tests.
// One copy of graphql: vitest would load its ESM and CommonJS builds side by side.
const common = {
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: { pool: 'forks', isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
} as const;

const longWorlds = new Set(['akkoma-postgres', 'pleroma-pglite']);

/** The suite that needs a database runs in four worlds: either engine, with either family's tables; the longest tests in two of them. */
function world(engine: 'pglite' | 'postgres', family: 'akkoma' | 'pleroma'): TestProjectInlineConfiguration {
  const name = `${family}-${engine}`;
  return { ...common, test: { ...common.test, name, include: worldTests, exclude: [sampleTest, ...(longWorlds.has(name) ? [] : longTests), ...(engine === 'postgres' ? [] : [matrixTests])], env: { WORLD_ENGINE: engine, WORLD_FAMILY: family } } };
}

/** Kills, restarts, floods and generated requests: `npm run test:faults`. On PostgreSQL, with Akkoma's tables unless `WORLD_FAMILY=pleroma`. */
const faults: TestProjectInlineConfiguration = {
  ...common,
  test: { ...common.test, name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 300_000, env: { WORLD_ENGINE: 'postgres', WORLD_FAMILY: process.env['WORLD_FAMILY'] ?? 'akkoma' } },
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      { ...common, test: { ...common.test, name: 'pure', include: ['test/{erlang,federation,rules}/**/*.test.ts', sampleTest] } },
      world('postgres', 'akkoma'),
      world('postgres', 'pleroma'),
      world('pglite', 'akkoma'),
      world('pglite', 'pleroma'),
      faults,
    ],
  },
});
