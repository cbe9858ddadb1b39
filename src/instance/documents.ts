import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing, replaceFile } from './durable-file.js';

/**
 * The pages staff can write, and where they lie in the instance's static directory
 * (docs/instance/other-routes.md#documents-of-the-instance).
 */
export const documentPaths = {
  'instance-panel': 'instance/panel.html',
  'terms-of-service': 'static/terms-of-service.html',
} as const;
export type DocumentName = keyof typeof documentPaths;

/** The instance serves the file, as another user of the machine. */
const readableByAll = 0o644;

/** The text of a page; undefined when the instance has none of its own. */
export async function readDocument(
  directory: string,
  name: DocumentName,
): Promise<string | undefined> {
  return readFile(join(directory, documentPaths[name]), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

export async function writeDocument(
  directory: string,
  name: DocumentName,
  text: string,
): Promise<void> {
  const path = join(directory, documentPaths[name]);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, text, readableByAll);
}

/** @returns whether there was one. */
export async function deleteDocument(directory: string, name: DocumentName): Promise<boolean> {
  return rm(join(directory, documentPaths[name])).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
}
