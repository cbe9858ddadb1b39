import pg, { type Connection, type PoolClient, type Submittable } from 'pg';

/** A value as PostgreSQL writes it. */
export type Text = string | null;

/** What a query uses of a connection; the types of the package describe an older one. */
interface Wire {
  /** PGlite's only ends. */
  readonly stream: { cork?: () => void; uncork?: () => void };
  /** By name, what was prepared on it. */
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly parse: (statement: { readonly name: string; readonly text: string }) => void;
  readonly bind: (portal: {
    readonly statement: string;
    readonly values: readonly unknown[];
  }) => void;
  readonly execute: (portal: object) => void;
  readonly sync: () => void;
}

const { utils } = pg as unknown as {
  readonly utils: { readonly prepareValue: (value: unknown) => unknown };
};
const onTheWire = (value: unknown): unknown => utils.prepareValue(value);

/**
 * One run of a prepared statement, for a client of `pg` in place of its own `Query`. That one asks every time what the columns are and makes
 * of every value what its type says, which is a third of what a short read costs; whoever runs this knows the columns, and gets the values
 * as they came. What `pg` calls, it calls by these names.
 */
class PreparedQuery implements Submittable {
  readonly #rows: Text[][] = [];

  /** @param name under which it is prepared once per connection; `''` = not at all. */
  constructor(
    readonly name: string,
    readonly text: string,
    readonly values: readonly unknown[],
    private readonly resolve: (rows: Text[][]) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(connection: Connection): void {
    const { name, text } = this;
    const wire = connection as unknown as Wire;
    const values = this.values.map(onTheWire);
    wire.stream.cork?.(); // one packet
    if (wire.parsedStatements[name] === undefined) wire.parse({ name, text });
    wire.bind({ statement: name, values });
    wire.execute({});
    wire.sync();
    wire.stream.uncork?.();
  }

  handleDataRow({ fields }: { readonly fields: Text[] }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}

/** Runs a statement on a client; the rows are lists of values as PostgreSQL wrote them. */
export function runPrepared(
  client: PoolClient,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Text[][]> {
  return new Promise((resolve, reject) =>
    client.query(new PreparedQuery(name, text, values, resolve, reject)),
  );
}
