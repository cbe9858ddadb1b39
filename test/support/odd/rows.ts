import type { Pool } from 'pg';
import type { Json } from '../../../src/database/json.js';
import { oddColumn, oddJson, placesOf } from './values.js';

/** One column, or one place within a document, that holds something odd. */
export interface Oddity {
  readonly table: string;
  readonly column: string;
  /** Within the document; empty = the column itself. */
  readonly path: readonly string[];
  /** JSON text of what stands there; undefined = the key is not there. */
  readonly json: string | undefined;
}

/** A row by column, as `to_jsonb` shows it. */
export type TableRow = Readonly<Record<string, Json>>;

/** `table.column.path = value`, for failures. */
export function nameOf({ table, column, path, json }: Oddity): string {
  const value =
    json === undefined
      ? 'nothing'
      : json.length > 80
        ? `${json.slice(0, 80)}… (${String(json.length)})`
        : json;
  return `${[table, column, ...path].join('.')} = ${value}`;
}

/** Everything that can be odd about a row like this one: no more than the database takes, for no instance has what it refuses. */
export async function odditiesOf(pool: Pool, table: string, row: TableRow): Promise<Oddity[]> {
  const all = await imaginedOddities(pool, table, row);
  const client = await pool.connect();
  try {
    await client.query(fits);
    const places = all.map(({ column, path }) => JSON.stringify([column, ...path]));
    const { rows } = await client.query<{ fits: boolean }>(
      `select pg_temp.odd_fits($1, case when o.value is null then $2::jsonb #- p.place else jsonb_set($2::jsonb, p.place, o.value::jsonb) end) as fits
       from unnest($3::text[], $4::text[]) with ordinality o(place, value, number),
       lateral (select array(select jsonb_array_elements_text(o.place::jsonb)) as place) p order by o.number`,
      [table, JSON.stringify(row), places, all.map(({ json }) => json ?? null)],
    );
    return all.filter((_oddity, index) => rows[index]?.fits);
  } finally {
    client.release();
  }
}

/** Inserts a row and takes it back. */
const fits = `create or replace function pg_temp.odd_fits(name text, document jsonb) returns boolean language plpgsql as $$
  begin
    execute format('insert into public.%I select * from jsonb_populate_record(null::public.%I, $1)', name, name) using document;
    raise exception 'taken back';
  exception when others then return sqlerrm = 'taken back';
  end $$`;

async function imaginedOddities(pool: Pool, table: string, row: TableRow): Promise<Oddity[]> {
  const { rows } = await pool.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and column_name <> 'id' order by 1`,
    [table],
  );
  return rows.flatMap(({ name: column, type }): Oddity[] => {
    if (type !== 'jsonb')
      return oddColumn(type).map((value) => ({
        table,
        column,
        path: [],
        json: JSON.stringify(value),
      }));
    return placesOf(row[column] ?? null).flatMap((path) => {
      const values = path.length > 0 ? [undefined, ...oddJson] : oddJson;
      return values.map((json) => ({ table, column, path, json }));
    });
  });
}

/** What may hide the whole row when it is odd, and so stands alone. */
const deciding = new Set([
  'actor',
  'id',
  'type',
  'object',
  'nickname',
  'ap_id',
  'invisible',
  'is_active',
  'local',
  'data',
  'activity_id',
]);

/**
 * The oddities in groups for one row each: of places of which none lies within another, and those that may hide the row alone.
 * @param size how many one row has at most.
 */
export function grouped(oddities: readonly Oddity[], size: number): readonly (readonly Oddity[])[] {
  const groups: { readonly places: string[]; readonly members: Oddity[] }[] = [];
  const alone: Oddity[][] = [];
  let open: typeof groups = [];
  for (const oddity of oddities) {
    const {
      table,
      column,
      path: [key = ''],
    } = oddity;
    const place = [table, column, ...oddity.path, ''].join('\0');
    if (size === 1 || deciding.has(key === '' ? column : key)) {
      alone.push([oddity]);
      continue;
    }
    const group = open.find(
      ({ places }) => !places.some((other) => other.startsWith(place) || place.startsWith(other)),
    ) ?? { places: [], members: [] };
    if (group.members.length === 0) {
      groups.push(group);
      open.push(group);
    }
    group.places.push(place);
    group.members.push(oddity);
    open = open.filter(({ members }) => members.length < size);
  }
  return [...alone, ...groups.map(({ members }) => members)];
}

/** Inserts a row with these oddities. @returns false when the database refuses it: no instance has such a row. */
export async function insertOdd(
  pool: Pool,
  table: string,
  row: TableRow,
  oddities: readonly Oddity[],
): Promise<boolean> {
  const values: unknown[] = [JSON.stringify(row)];
  const bind = (value: unknown, type: string): string => `$${String(values.push(value))}::${type}`;
  const document = oddities.reduce((before, { column, path, json }) => {
    const place = bind([column, ...path], 'text[]');
    return json === undefined
      ? `(${before} #- ${place})`
      : `jsonb_set(${before}, ${place}, ${bind(json, 'jsonb')})`;
  }, '$1::jsonb');
  try {
    await pool.query(
      `insert into public.${table} select * from jsonb_populate_record(null::public.${table}, ${document})`,
      values,
    );
    return true;
  } catch {
    return false;
  }
}

/** The row as JSON. */
export async function readRow(pool: Pool, table: string, id: string): Promise<TableRow> {
  const {
    rows: [row],
  } = await pool.query<{ row: TableRow }>(
    `select to_jsonb(t) as row from public.${table} t where t.id::text = $1`,
    [id],
  );
  if (!row) throw new Error(`${table} has no row ${id}`);
  return row.row;
}
