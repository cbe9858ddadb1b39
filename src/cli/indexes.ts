import type { Database } from '../database/database.js';
import { createIndex, optionalIndexes, presentIndexes } from '../database/indexes.js';

interface IndexOptions {
  readonly create?: boolean;
  readonly json?: boolean;
}

/** `steward indexes`: says which optional indexes are there and what each is for; with `create` makes those that are missing, one after the other. */
export async function showIndexes(
  database: Database,
  { create = false, json = false }: IndexOptions,
  print: (line: string) => void,
): Promise<void> {
  const present = await presentIndexes(database);
  const states: { name: string; state: 'present' | 'created' | 'missing'; speedsUp: string }[] = [];
  for (const index of optionalIndexes) {
    const { name, speedsUp } = index;
    const isMissing = !present.has(name);
    if (isMissing && create) await createIndex(database, index);
    states.push({
      name,
      state: isMissing ? (create ? 'created' : 'missing') : 'present',
      speedsUp,
    });
    if (!json) print(`${String(states.at(-1)?.state)}  ${name}: ${speedsUp}`);
  }
  if (json) print(JSON.stringify(states));
  else if (!create && present.size < optionalIndexes.length)
    print('Nothing needs them; --create makes those that are missing while the instance runs.');
}
