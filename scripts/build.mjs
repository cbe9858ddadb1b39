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
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
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

const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));
mkdirSync(at('dist'), { recursive: true });
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
};

/** What stays in node_modules, because it loads files or binaries of its own: the `dependencies` of package.json. */
const external = Object.keys(manifest.dependencies);
for (const name of readdirSync(at('dist')))
  if (/\.(js|cjs|cache)(\.map)?$/.test(name)) rmSync(at(`dist/${name}`));
const { metafile } = await build({
  ...common,
  entryPoints: [at('src/main.ts').pathname],
  outdir: at('dist').pathname,
  splitting: true, // what only some starts need is loaded by those
  chunkNames: '[name]-[hash]',
  external: [...external, ...external.map((name) => `${name}/*`), 'pg-native'], // pg asks for pg-native and does without
  metafile: true,
  mainFields: ['main', 'module'], // one copy of graphql, whoever imports or requires it
  banner: {
    js: `#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`,
  },
  legalComments: 'none',
});

// What the program asks node_modules for is what package.json names, and no more.
const nameOf = (path) => path.match(/^(@[^/]+\/)?[^/]+/)[0];
const asked = new Set(
  Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter((one) => one.external && !isBuiltin(one.path) && one.path !== 'pg-native')
    .map(({ path }) => nameOf(path)),
);
if (external.toSorted().join() !== [...asked].toSorted().join())
  throw new Error(
    `dist/ imports ${[...asked].join(', ')}; package.json has ${external.join(', ')}`,
  );

// The API page's files are served as they are.
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'])
  copyFileSync(at(`node_modules/swagger-ui-dist/${name}`), at(`dist/${name}`));

// What dist/ holds of other packages: for the bill of materials, with the notices their licences ask for.
const directories = Object.keys(metafile.inputs).flatMap(
  (path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? [],
);
const bundled = [...new Set([...directories, 'node_modules/swagger-ui-dist'])].toSorted();
const manifestOf = (directory) => JSON.parse(readFileSync(at(`${directory}/package.json`), 'utf8'));
const noticeOf = (directory) => {
  const { name, version, license } = manifestOf(directory);
  const texts = readdirSync(at(directory))
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .map((file) => readFileSync(at(`${directory}/${file}`), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
};
const versions = bundled.map(manifestOf).map(({ name, version }) => `${name}@${version}`);
writeFileSync(at('dist/bundled.json'), `${JSON.stringify([...new Set(versions)], null, 2)}\n`);
writeFileSync(at('dist/NOTICES.txt'), `${bundled.map(noticeOf).join('\n\n----\n\n')}\n`);
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
