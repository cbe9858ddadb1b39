import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, replaceFile } from './durable-file.js';

/** The documented name of the file (docs/documented-api.md#settings-over-rest). */
export const exportName = 'prod.exported_from_db.secret.exs';

const ownerOnly = 0o600;

/**
 * Writes an export so that at every moment the file is either the former one or the whole new one, on disk, readable by its owner only.
 * A former export with another content is kept under a name with the time.
 * @returns the path of the file.
 * @throws the file system's error, having left nothing new behind.
 */
export async function writeExport(directory: string, text: string, now: Date): Promise<string> {
  const path = join(directory, exportName);
  const keptPath = join(
    directory,
    `prod.exported_from_db.secret.${now.toISOString().replaceAll(/[-:.]/g, '')}.exs`,
  );
  await replaceFile(path, text, ownerOnly, () => keepFormer(path, text, keptPath));
  return path;
}

async function keepFormer(path: string, text: string, keptPath: string): Promise<void> {
  const former = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (former !== undefined && former !== text) await rename(path, keptPath);
}
