// Builds what `npm start` and the binaries run: the Prisma client, the program in one file, and the archive
// of the embedded database.
// Each step is left out when its result is newer than what it is made of, or was made of the same.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { delimiter } from 'node:path';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url);
const at = (path) => new URL(path, root);
const newest = (path) =>
  statSync(at(path)).isDirectory()
    ? Math.max(0, ...readdirSync(at(path)).map((name) => newest(`${path}/${name}`)))
    : statSync(at(path)).mtimeMs;
const isFresh = (result, ...sources) =>
  existsSync(at(result)) &&
  sources.every((source) => newest(source) <= statSync(at(result)).mtimeMs);

if (!isFresh('src/database/generated/pothos.ts', 'prisma/schema.prisma')) {
  const env = {
    ...process.env,
    PATH: `${at('node_modules/.bin').pathname}${delimiter}${process.env.PATH}`,
  }; // where Prisma finds its generators
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: root,
    env,
    stdio: 'pipe',
  }); // when it fails, the error holds what it said
}

mkdirSync(at('dist'), { recursive: true });
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
};

/** What stays in node_modules: what loads files or binaries of its own, and what is large and rarely asked for. */
const external = [
  '@electric-sql/*',
  '@node-rs/*',
  '@prisma/client/runtime/query_compiler*',
  'pg-native',
  'swagger-ui-dist',
  '@graphql-yoga/render-graphiql',
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
];
const compiler = '@prisma/client/runtime/query_compiler_small_bg.postgresql';
for (const name of readdirSync(at('dist')))
  if (/\.js(\.map)?$/.test(name)) rmSync(at(`dist/${name}`));
await build({
  ...common,
  entryPoints: [at('src/main.ts').pathname],
  outdir: at('dist').pathname,
  splitting: true, // what only some starts need is loaded by those
  chunkNames: '[name]-[hash]',
  external,
  alias: {
    [`${compiler}.mjs`]: `${compiler}.js`,
    [`${compiler}.wasm-base64.mjs`]: `${compiler}.wasm-base64.js`,
  },
  mainFields: ['main', 'module'], // one copy of graphql, whoever imports or requires it
  banner: {
    js: `#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`,
  },
  legalComments: 'none',
});
chmodSync(at('dist/main.js'), 0o755);
copyFileSync(at('prisma/steward/schema.sql'), at('dist/steward.sql'));

if (
  !isFresh(
    'dist/embedded.tar.gz',
    'prisma/embedded',
    'src/database/embedded',
    'src/database/indexes.ts',
    'src/erlang',
  )
) {
  const [prebuildSource, prebuilt] = [
    at('src/database/embedded/prebuild.ts').pathname,
    at('dist/prebuild.js').pathname,
  ];
  await build({
    ...common,
    entryPoints: [prebuildSource],
    outfile: prebuilt,
    packages: 'external',
  });
  const { prebuild } = await import(at('dist/prebuild.js'));
  await prebuild(
    [at('prisma/embedded/common.sql'), at('prisma/embedded/akkoma.sql')],
    at('dist/embedded.tar.gz'),
    'https://social.example',
  );
}
