import { buildSample, type Table } from './build.js';
import { generateSigningKeys, signingKeyRows, type KeyPair } from './signing-keys.js';
import type { SampleOptions } from './world.js';

/** What the sample needs of a database client; `pg` and PGlite both have it. */
export interface SampleClient {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

/**
 * Fills the empty tables of an Akkoma with a small made-up instance. Nobody in it has a password and there are no tokens.
 * Call it inside a transaction: half a sample is worse than none.
 *
 * @param keyPair makes a signing key for each local account; RSA pairs take a second or two, a test hands in something quicker
 */
export async function insertSample(
  client: SampleClient,
  options: SampleOptions,
  keyPair: () => Promise<KeyPair> = generateSigningKeys,
): Promise<void> {
  const { people, tables } = buildSample(options);
  for (const table of tables) await insertTable(client, table);
  await insertTable(client, { name: 'signing_keys', rows: await signingKeyRows(people, keyPair) });
}

/** One statement a table: the rows travel as one JSON document, and PostgreSQL reads each value by its column's type. */
async function insertTable(client: SampleClient, { name, rows }: Table): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  const source = `jsonb_populate_recordset(null::${name}, $1)`;
  await client.query(`insert into ${name} (${columns}) select ${columns} from ${source}`, [
    JSON.stringify(rows),
  ]);
  if (typeof first['id'] !== 'number') return;
  await client.query(`select setval(pg_get_serial_sequence('${name}', 'id'), ${rows.length})`);
}
