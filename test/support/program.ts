import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

/** What loads files or binaries of its own. */
const external = [
  '@electric-sql/*',
  '@node-rs/*',
  '@prisma/client/runtime/query_compiler*',
  'pg-native',
];

/**
 * Builds a program to be killed, with its packages, for the tests of the file: started from one script it is up in half the time, and it is started many times.
 * @param source its file in this directory.
 * @returns the file to run.
 */
export function useProgram(source: string): string {
  const outfile = fileURLToPath(
    new URL(
      `../../dist/test/${basename(source, '.ts')}-${String(process.pid)}.mjs`,
      import.meta.url,
    ),
  );
  beforeAll(async () => {
    await build({
      entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
      outfile,
      bundle: true,
      external,
      mainFields: ['main', 'module'],
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    });
  });
  afterAll(() => {
    rmSync(outfile, { force: true });
  });
  return outfile;
}
