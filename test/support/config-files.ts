import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Files of settings in a directory that goes after the tests. */
export interface ConfigFiles {
  readonly home: string;
  /** Writes a file, under a name of its own unless told one, and gives its path. */
  readonly file: (text: string, name?: string) => string;
}

/** Makes a directory for the configuration files of a test file. */
export function useConfigFiles(): ConfigFiles {
  const home = mkdtempSync(join(tmpdir(), 'steward-unreadable-'));
  afterAll(() => {
    rmSync(home, { recursive: true });
  });
  let files = 0;
  return {
    home,
    file: (text, name = `prod${String((files += 1))}.secret.exs`) => {
      const path = join(home, name);
      writeFileSync(path, text);
      return path;
    },
  };
}
