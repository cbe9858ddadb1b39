import type { Database } from '../database/database.js';
import { createIndex, optionalIndexes, presentIndexes } from '../database/indexes.js';

/** `steward indexes`: says which optional indexes are there and what each is for; with `create` makes those that are missing, one after the other. */
export async function showIndexes(database: Database, create: boolean, print: (line: string) => void): Promise<void> {
  const present = await presentIndexes(database);
  for (const index of optionalIndexes) {
    const isMissing = !present.has(index.name);
    if (isMissing && create) await createIndex(database, index);
    print(`${isMissing ? (create ? 'created' : 'missing') : 'present'}  ${index.name}: ${index.speedsUp}`);
  }
  if (!create && present.size < optionalIndexes.length) print('Nothing needs them; --create makes those that are missing while the instance runs.');
}
