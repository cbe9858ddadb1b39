import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase, type Database } from '../database.js';
import { lockDirectory } from './lock.js';
import { createPGlite, pglitePool } from './pglite.js';

/**
 * Opens the embedded database in `directory`, on first start with the sample instance from the `prebuilt` archive. The data appears
 * under its name only when it is complete, so a start cut short leaves nothing half made.
 * @throws DirectoryInUseError when another process has it open.
 */
export async function openEmbedded(directory: string, prebuilt: URL): Promise<Database> {
  const home = resolve(directory);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(home);
  try {
    const data = join(home, 'data');
    if (!existsSync(data)) await unpack(prebuilt, join(home, 'data.partial'), data);
    const pglite = await createPGlite({ dataDir: data });
    return await openDatabase(pglitePool(pglite), async () => {
      await pglite.close();
      unlock();
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

async function unpack(archive: URL, partial: string, complete: string): Promise<void> {
  rmSync(partial, { recursive: true, force: true });
  const pglite = await createPGlite({
    dataDir: partial,
    loadDataDir: new Blob([readFileSync(archive)]),
  });
  await pglite.close();
  renameSync(partial, complete);
}
