import { baseUrl, type World } from './world.js';

type Row = Record<string, unknown>;
type Tables = ReadonlyMap<string, ReadonlyMap<string, Row>>;

const dull = new Set(['updated_at', 'inserted_at', 'last_active_at']);

/**
 * What `work` changed, one line for every row that is another afterwards, sorted: `insert users lain`, `delete following_relationships a>b`,
 * `update users lain is_admin=true`. Tokens, uuids and times are blurred; ids and the times of changes do not count.
 */
export async function changesOf<Result>(
  world: World,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly changes: string[] }> {
  const before = await read(world);
  const result = await work();
  const after = await read(world);
  const names = new Map(
    [...(before.get('users') ?? []), ...(after.get('users') ?? [])].map(([id, { nickname }]) => [
      JSON.parse(id) as string,
      String(nickname),
    ]),
  );
  const lines: string[] = [];
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    const [old, rows] = [
      before.get(table) ?? new Map<string, Row>(),
      after.get(table) ?? new Map<string, Row>(),
    ];
    for (const [key, row] of rows) {
      const was = old.get(key);
      if (!was) lines.push(`insert ${table} ${aboutInserted(table, row)}`.trim());
      else lines.push(...updateLine(table, was, row));
    }
    for (const [key, row] of old)
      if (!rows.has(key)) lines.push(`delete ${table} ${aboutDeleted(row, names)}`.trim());
  }
  return { result, changes: lines.sort() };
}

async function read(world: World): Promise<Tables> {
  const tables = Object.entries(await world.snapshot()).filter(
    ([name]) => name !== 'counter_cache',
  );
  return new Map(
    tables.map(([name, rows]) => [
      name,
      new Map(rows.map((row) => [JSON.stringify(row['id'] ?? row['key_id'] ?? row), row])),
    ]),
  );
}

function updateLine(table: string, was: Row, now: Row): string[] {
  const columns = Object.keys(now)
    .filter(
      (column) => !dull.has(column) && JSON.stringify(now[column]) !== JSON.stringify(was[column]),
    )
    .sort();
  if (columns.length === 0) return [];
  const data = now['data'] as Row | undefined;
  const who =
    table === 'users'
      ? String(now['nickname'])
      : JSON.stringify(data?.['type'] ?? '').replaceAll('"', '');
  return [
    `update ${table} ${who} ${columns.map((column) => (column === 'data' && table === 'activities' ? `state=${String(data?.['state'])}` : `${column}=${short(now[column])}`)).join(' ')}`,
  ];
}

function aboutInserted(table: string, row: Row): string {
  const { nickname, worker, args, state, data, actor, invite_type, max_use, expires_at, used } =
    row;
  switch (table) {
    case 'users':
      return String(nickname);
    case 'oban_jobs':
      return `${String(String(worker).split('.').at(-1))} ${String((args as Row)['op'])} ${String(state)}`;
    case 'activities':
      return `${String((data as Row)['type'])} by ${String(actor).replace(baseUrl, '').replace('https://', '')}`;
    case 'user_invite_tokens':
      return `${String(invite_type)} ${String(max_use)} ${String(expires_at)}`;
    case 'password_reset_tokens':
      return String(used);
    default:
      return '';
  }
}

function aboutDeleted(
  { follower_id, following_id }: Row,
  names: ReadonlyMap<string, string>,
): string {
  return typeof follower_id === 'string' && typeof following_id === 'string'
    ? `${names.get(follower_id) ?? ''}>${names.get(following_id) ?? ''}`
    : '';
}

function short(value: unknown): string {
  if (typeof value === 'string' && /^[\w-]{40,}=*$/.test(value)) return '<token>';
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
}
