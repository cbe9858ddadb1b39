// Builds what `npm start` and the binaries run: the Prisma client, one bundle, and the archive of the embedded database.
// Each step is left out when its result is newer than what it is made of.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { delimiter } from 'node:path';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url);
const at = (path) => new URL(path, root);
const newest = (path) => (statSync(at(path)).isDirectory() ? Math.max(0, ...readdirSync(at(path)).map((name) => newest(`${path}/${name}`))) : statSync(at(path)).mtimeMs);
const isFresh = (result, ...sources) => existsSync(at(result)) && sources.every((source) => newest(source) <= statSync(at(result)).mtimeMs);

if (!isFresh('src/database/generated/pothos.ts', 'prisma/schema.prisma')) {
  const env = { ...process.env, PATH: `${at('node_modules/.bin').pathname}${delimiter}${process.env.PATH}` }; // where Prisma finds its generators
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { cwd: root, env, stdio: 'pipe' }); // when it fails, the error holds what it said
}

mkdirSync(at('dist'), { recursive: true });
const bundle = (entry, outfile) =>
  build({
    entryPoints: [at(entry).pathname],
    outfile: at(outfile).pathname,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
    ...(outfile === 'dist/main.js' ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  });

await bundle('src/main.ts', 'dist/main.js');
chmodSync(at('dist/main.js'), 0o755);
copyFileSync(at('prisma/steward/schema.sql'), at('dist/steward.sql'));

if (!isFresh('dist/embedded.tar.gz', 'prisma/embedded', 'src/database/embedded', 'src/database/indexes.ts', 'src/erlang')) {
  await bundle('src/database/embedded/prebuild.ts', 'dist/prebuild.js');
  const { prebuild } = await import(at('dist/prebuild.js'));
  await prebuild([at('prisma/embedded/common.sql'), at('prisma/embedded/akkoma.sql')], at('dist/embedded.tar.gz'), 'https://social.example');
}
