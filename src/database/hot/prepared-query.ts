import type { PoolClient } from 'pg';

/** A value as PostgreSQL writes it. */
export type Text = string | null;

const asWritten = (value: string): string => value;
/** Whoever asks knows its columns and reads them (decode.ts): `pg` need not guess by their types. */
const types = { getTypeParser: () => asWritten };

/**
 * Runs a statement on a client; the rows are lists of values as PostgreSQL wrote them.
 * @param name under which it is prepared once per connection; undefined = not at all.
 */
export async function runPrepared(
  client: PoolClient,
  name: string | undefined,
  text: string,
  values: readonly unknown[],
): Promise<Text[][]> {
  const { rows } = await client.query<Text[]>({
    name,
    text,
    values: [...values],
    rowMode: 'array',
    types,
  });
  return rows;
}
