import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file so that at every moment it is either the former one or the whole new one, on disk.
 * @param beforehand done once the new text is on disk, before it takes the place of the old.
 * @throws the file system's error, having left nothing new behind.
 */
export async function replaceFile(
  path: string,
  text: string,
  mode: number,
  beforehand: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const directory = dirname(path);
  const partial = join(directory, `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(partial, text, mode);
    await beforehand();
    await rename(partial, path);
    await flushDirectory(directory);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Whether the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
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
