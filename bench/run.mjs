// `npm run bench`: builds the product, installs what it is measured against (bench/package-lock.json), bundles the bench and runs it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (command, words, cwd) =>
  execFileSync(command, words, { cwd: at(cwd), stdio: 'inherit' });

run(process.execPath, ['scripts/build.mjs'], '..');
if (!existsSync(at('node_modules'))) run('npm', ['ci', '--no-audit', '--no-fund'], '.');
await build({
  entryPoints: [at('src/main.ts')],
  outfile: at('dist/main.js'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});
process.exitCode =
  spawnSync(process.execPath, ['dist/main.js', ...process.argv.slice(2)], {
    cwd: at('.'),
    stdio: 'inherit',
  }).status ?? 1;
