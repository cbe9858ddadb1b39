import { everybody } from './posts.js';
import { baseUrl, type World } from './world.js';

/** How many activities a crowd has, and how many of them are reports. */
export interface Crowd {
  readonly activities: number;
  readonly reports: number;
}

/** `hex digits` of a flake id whose upper half counts milliseconds: in SQL, of number `n`. */
const flake = (n: string): string =>
  `(lpad(to_hex(1700000000000 + ${n}), 16, '0') || '00000000000000' || '01')::uuid`;

/**
 * Fills an instance with made-up people, statuses, likes, boosts and reports by plain SQL, in one transaction and without the counting
 * trigger, then gathers statistics as the instance's autovacuum would.
 */
export async function makeCrowd(world: World, activities: number): Promise<Crowd> {
  const users = Math.max(20, activities / 100);
  const statuses = Math.floor(activities * 0.6);
  const reports = Math.floor(activities * 0.01);
  const author = (n: string): string =>
    `(case when (${n}) % 4 = 0 then 'https://remote' || (${n}) % 50 || '.example' else '${baseUrl}' end) || '/users/crowd' || (${n}) % ${String(users)}`;
  const client = await world.database.pool.connect();
  const run = async (sql: string): Promise<void> => void (await client.query(sql));
  const activity = (
    from: number,
    count: number,
    type: string,
    object: string,
    extra = '',
  ): Promise<void> =>
    run(`insert into activities (id, data, actor, local, recipients, inserted_at, updated_at)
      select ${flake('n')}, jsonb_build_object('id', '${baseUrl}/activities/' || n, 'type', '${type}', 'actor', ${author('n')}, 'object', ${object}, 'to', jsonb_build_array('${everybody}'), 'cc', '[]'::jsonb,
        'context', '${baseUrl}/contexts/' || n % 1000, 'published', '2026-01-01T00:00:00.000000Z') ${extra}, ${author('n')}, n % 4 <> 0, array['${everybody}'], timezone('UTC', now()), timezone('UTC', now())
      from generate_series(${String(from)}, ${String(from + count - 1)}) n`);
  await run('begin');
  await run('set local session_replication_role = replica');
  await run(`insert into users (id, nickname, name, bio, ap_id, local, is_active, inserted_at, updated_at, tags)
    select gen_random_uuid(), 'crowd' || n || case when n % 4 = 0 then '@remote' || n % 50 || '.example' else '' end, 'crowd', '', ${author('n')}, n % 4 <> 0, true, timezone('UTC', now()), timezone('UTC', now()), '{}' from generate_series(0, ${String(users - 1)}) n`);
  await run(`insert into objects (data, inserted_at, updated_at)
    select jsonb_build_object('id', '${baseUrl}/objects/' || n, 'type', 'Note', 'actor', ${author('n')}, 'content', 'words', 'to', jsonb_build_array('${everybody}'), 'cc', '[]'::jsonb, 'attachment', '[]'::jsonb, 'tag', '[]'::jsonb,
      'inReplyTo', case when n % 3 = 0 then '${baseUrl}/objects/' || n - 1 end, 'published', '2026-01-01T00:00:00.000000Z'), timezone('UTC', now()), timezone('UTC', now()) from generate_series(1, ${String(statuses)}) n`);
  await activity(1, statuses, 'Create', `'${baseUrl}/objects/' || n`);
  await activity(
    statuses + 1,
    Math.floor(activities * 0.09),
    'Announce',
    `'${baseUrl}/objects/' || n % ${String(statuses)} + 1`,
  );
  await activity(
    activities,
    Math.floor(activities * 0.3),
    'Like',
    `'${baseUrl}/objects/' || n % ${String(statuses)} + 1`,
  );
  const status = (n: string): string =>
    `'${baseUrl}/activities/' || (${n}) % ${String(statuses)} + 1`;
  await activity(
    activities * 2,
    reports,
    'Flag',
    `jsonb_build_array(${author('n + 1')}, jsonb_build_object('id', ${status('n * 7')}, 'content', 'words'), ${status('n * 11')})`,
    `|| jsonb_build_object('state', case when n % 10 = 0 then 'open' else 'closed' end)`,
  );
  await run('commit');
  await run('analyze');
  client.release();
  return { activities: activities, reports };
}
