import { readFileSync, writeFileSync } from 'node:fs';
import { optionalIndexes } from '../indexes.js';
import { createPGlite } from './pglite.js';
import { insertSample } from './sample/insert.js';

/**
 * Builds the archive that an embedded first start unpacks: a database cluster with an Akkoma's tables and the sample instance.
 * Run by the build; `ddl` are SQL files in order.
 */
export async function prebuild(ddl: readonly URL[], archive: URL, baseUrl: string): Promise<void> {
  const pglite = await createPGlite();
  for (const file of ddl) await pglite.exec(readFileSync(file, 'utf8'));
  for (const { name, definition } of optionalIndexes)
    await pglite.exec(`create index ${name} ${definition}`);
  await pglite.exec('begin');
  await insertSample(pglite, { baseUrl, now: new Date() });
  await pglite.exec('commit');
  const dump = await pglite.dumpDataDir('gzip');
  await pglite.close();
  writeFileSync(archive, Buffer.from(await dump.arrayBuffer()));
}
