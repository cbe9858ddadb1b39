import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlQueryable, type SqlResultSet } from '@prisma/driver-adapter-utils';
import { isBeforeCalendar, isOfCalendar, maxTime, minTime } from './time.js';

/**
 * Prisma's adapter for `pg`, but for values that other writers store and JavaScript has no form of: a time outside the years 1 to 9999 or
 * `infinity` becomes the nearest time within them, an array of texts loses its NULLs and its inner arrays, and no array is an empty one.
 * So what is read through Prisma is what its types say, by its own queries and by SQL alike.
 */
export class ReadablePrismaPg extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) =>
      readable(await startTransaction(isolationLevel));
    return readable(adapter);
  }
}

function readable<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const queryRaw = queryable.queryRaw.bind(queryable);
  queryable.queryRaw = async (query) => readableResult(await queryRaw(query));
  return queryable;
}

const decoders = new Map<number, (value: unknown) => unknown>([
  [
    ColumnTypeEnum.DateTime,
    (value) => boundedText(value, minTime.toISOString(), maxTime.toISOString()),
  ],
  [
    ColumnTypeEnum.Date,
    (value) =>
      boundedText(value, minTime.toISOString().slice(0, 10), maxTime.toISOString().slice(0, 10)),
  ],
  [ColumnTypeEnum.TextArray, textsIn],
]);

function readableResult(result: SqlResultSet): SqlResultSet {
  for (const [column, type] of result.columnTypes.entries()) {
    const decode = decoders.get(type);
    if (decode) for (const row of result.rows) row[column] = decode(row[column]);
  }
  return result;
}

function boundedText(value: unknown, earliest: string, latest: string): unknown {
  if (typeof value !== 'string' || isOfCalendar(value)) return value;
  return isBeforeCalendar(value) ? earliest : latest;
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value)
    ? value.flat(Infinity).filter((item) => typeof item === 'string')
    : [];
}
