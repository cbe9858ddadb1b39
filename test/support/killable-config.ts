import { createContext } from '../../src/context.js';
import { openDatabase } from '../../src/database/database.js';
import { createPGlite, pglitePool } from '../../src/database/embedded/pglite.js';
import { postgresPool } from '../../src/database/pool.js';
import { configRules } from '../../src/instance/config-rules.js';
import { readInstance } from '../../src/instance/read.js';
import { exportConfig } from '../../src/resolvers/config/migrate-from-database.js';
import { importConfig } from '../../src/resolvers/config/migrate-to-database.js';
import type { Step } from '../../src/resolvers/config/steps.js';

/** What the process is told on its command line. */
export interface Orders {
  readonly work: 'export' | 'import';
  /** A PostgreSQL, or the data directory of a PGlite. */
  readonly where: { readonly url: string } | { readonly dataDir: string };
  readonly exportDirectory: string;
  readonly importFile: string;
  /** Where to stand still until killed; absent = nowhere. */
  readonly stopAt?: Step;
}

const { work, where, exportDirectory, importFile, stopAt } = JSON.parse(
  process.argv[2] ?? '',
) as Orders;
const database = await openDatabase(
  'url' in where
    ? postgresPool(where.url, 2)
    : pglitePool(await createPGlite({ dataDir: where.dataDir })),
);
const readSettings = () =>
  readInstance(database, {
    url: 'https://home.example',
    file: new Map(),
    configurableFromDatabase: true,
  });
const context = createContext(
  { database, config: configRules({ exportDirectory, importFile }), readInstance: readSettings },
  { kind: 'operator' },
);

async function standStill(step: Step): Promise<void> {
  if (step !== stopAt) return;
  process.stdout.write(`at ${step}\n`);
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
}

process.stdout.write('begins\n');
if (work === 'export') await exportConfig(context, {}, standStill);
else await importConfig(context, {}, standStill);
await database.close();
