import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The name documents 004 gives the file. */
export const exportName = 'prod.exported_from_db.secret.exs';

/**
 * Writes an export so that at every moment the file is either the former one or the whole new one, on disk, readable by its owner only.
 * A former export with another content is kept under a name with the time.
 * @returns the path of the file.
 * @throws the file system's error, having left nothing new behind.
 */
export async function writeExport(directory: string, text: string, now: Date): Promise<string> {
  const path = join(directory, exportName);
  const partial = join(directory, `.${exportName}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(partial, text);
    await keepFormer(path, text, join(directory, `prod.exported_from_db.secret.${now.toISOString().replaceAll(/[-:.]/g, '')}.exs`));
    await rename(partial, path);
    await flushDirectory(directory);
    return path;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepFormer(path: string, text: string, keptPath: string): Promise<void> {
  const former = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (former !== undefined && former !== text) await rename(path, keptPath);
}

/** A rename is kept through a power cut only once its directory is on disk. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
