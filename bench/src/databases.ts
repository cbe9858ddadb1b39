import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { fill, type Size } from './data.js';
import { runStatements, withClient, type Cluster } from './postgres.js';

const ddl = ['common', 'akkoma'].map(
  (name) => new URL(`../../prisma/embedded/${name}.sql`, import.meta.url),
);
const steward = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The database of an instance of this size, built when it is not there yet. Returns its connection string. */
export function databaseOf(cluster: Cluster, size: Size): Promise<string> {
  return made(
    cluster,
    `bench_${String(size.users)}_${String(size.activities)}_${String(size.logRows)}`,
    'template1',
    (url) => withClient(url, (client) => build(client, size)),
  );
}

/** The same database once more, with the optional indexes that `steward indexes --create` makes. */
export async function indexedDatabaseOf(cluster: Cluster, size: Size): Promise<string> {
  const plain = await databaseOf(cluster, size);
  const name = new URL(plain).pathname.slice(1);
  return made(cluster, `${name}_indexed`, name, async (url) => {
    execFileSync(process.execPath, [steward, 'indexes', '--create'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: url },
      stdio: 'pipe',
    });
    await runStatements(url, ['vacuum analyze']);
  });
}

/** A database has its name only when it is complete, so that a run cut short leaves nothing half made. */
async function made(
  cluster: Cluster,
  name: string,
  template: string,
  fillIt: (url: string) => Promise<void>,
): Promise<string> {
  const home = cluster.url('postgres');
  const isThere = await withClient(
    home,
    async (client) =>
      (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1,
  );
  if (!isThere) {
    const partial = `${name}_partial`;
    await runStatements(home, [
      `drop database if exists ${partial}`,
      `create database ${partial} template ${template} strategy file_copy`,
    ]);
    await fillIt(cluster.url(partial));
    await runStatements(home, [`alter database ${partial} rename to ${name}`]);
  }
  return cluster.url(name);
}

/** Indexes are made when the rows are there: a fourth of the time. Constraints keep theirs. */
async function build(client: Client, size: Size): Promise<void> {
  for (const file of ddl) await client.query(readFileSync(file, 'utf8'));
  await client.query('set search_path to public');
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid in ('users'::regclass, 'objects'::regclass, 'activities'::regclass) and not exists (select from pg_constraint where conindid = indexrelid) order by 1`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  for (const statement of fill(size)) await client.query(statement);
  for (const { definition } of rows) await client.query(definition);
  await client.query('vacuum analyze');
}
