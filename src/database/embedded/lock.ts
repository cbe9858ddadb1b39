import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process has the embedded database open. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

/**
 * Takes a data directory for this process. PGlite has no lock of its own, and two processes on one directory lose committed rows.
 * A lock whose process is gone is taken over.
 * @returns the function that gives it back.
 * @throws DirectoryInUseError naming the process that has it.
 */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'steward.lock');
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(readFileSync(file, 'utf8'));
      if (isAlive(owner))
        throw new DirectoryInUseError(
          `${directory} is in use by process ${String(owner)}; stop it or set STEWARD_DATA_DIR to another directory.`,
        );
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
