/** How large an instance is built. */
export interface Size {
  readonly users: number;
  readonly activities: number;
  readonly logRows: number;
}

/** The base URL of the made-up instance. */
export const origin = 'https://bench.example';
/** The bearer token every server authenticates, from the same row. */
export const token = 'bench-token-of-the-admin-000000000000000000';

const everybody = 'https://www.w3.org/ns/activitystreams#Public';
const firstMillisecond = 1_600_000_000_000;

/** Flake id number `n` as uuid: one every 100 seconds. */
const flake = (n: string): string =>
  `(lpad(to_hex(${String(firstMillisecond)} + (${n})::bigint * 100000), 16, '0') || '00000000000000' || '01')::uuid`;
/** The same here, for cursors. */
export function uuidOf(n: number): string {
  const hex = `${(firstMillisecond + Math.floor(n) * 100_000).toString(16).padStart(16, '0')}0000000000000001`;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

const time = (n: string): string =>
  `to_timestamp((${String(firstMillisecond)} + (${n})::bigint * 100000) / 1000) at time zone 'UTC'`;
const isLocal = (n: string): string => `(${n}) % 4 <> 0`;
const host = (n: string): string =>
  `case when ${isLocal(n)} then 'bench.example' else 'remote' || (${n}) % 50 || '.example' end`;
const apId = (n: string): string => `'https://' || ${host(n)} || '/users/user' || (${n})`;

/**
 * SQL that fills an empty instance: people, posts with their objects, likes, boosts, one report in a hundred activities, and the moderation
 * log. Everything is made of row numbers, so every run builds the same rows.
 */
export function fill({ users, activities, logRows }: Size): string[] {
  const author = (n: string): string => `((${n})::bigint * 7919) % ${String(users)} + 1`;
  const each = (count: number): string => `from generate_series(1, ${String(count)}) n`;
  const status = (back: number): string => `'${origin}/activities/' || n - ${String(back)}`;
  const content = (n: string): string =>
    `'<p>Post number ' || (${n}) || ' of somebody who likes to write about gardens and the weather.</p>'`;
  const snapshot = (back: number): string =>
    `jsonb_build_object('type', 'Note', 'id', ${status(back)}, 'content', ${content(`n - ${String(back)}`)}, 'published', to_char(${time('n')}, 'YYYY-MM-DD"T"HH24:MI:SS".000000Z"'),
      'actor', jsonb_build_object('id', 'A', 'nickname', 'user' || n, 'tags', '[]'::jsonb, 'local', true, 'is_active', true))`;
  const reported = (form: (back: number) => string): string =>
    `jsonb_build_array(${apId(author('n + 3'))}, ${[50, 60, 70].map(form).join(', ')})`;
  return [
    'set session_replication_role = replica',
    `insert into users (id, nickname, email, name, bio, ap_id, follower_address, local, is_active, is_confirmed, avatar, tags, note_count, last_active_at, inserted_at, updated_at)
      select ${flake('n')}, 'user' || n || case when ${isLocal('n')} then '' else '@' || ${host('n')} end, case when ${isLocal('n')} then 'user' || n || '@mail.example' end,
        case when n % 10 = 0 then null else 'Person number ' || n end, '', ${apId('n')}, ${apId('n')} || '/followers', ${isLocal('n')}, n % 50 <> 7, true,
        case when n % 2 = 0 then jsonb_build_object('type', 'Image', 'url', jsonb_build_array(jsonb_build_object('type', 'Link', 'href', '${origin}/media/' || n || '.png'))) end,
        case when n % 5 = 0 then array['verified', 'writer'] else '{}' end, n % 100, now(), ${time('n')}, ${time('n')}
      ${each(users)}`,
    `insert into users (id, nickname, name, bio, ap_id, local, is_admin, last_active_at, inserted_at, updated_at)
      values (${flake('0')}, 'admin', 'Admin', '', '${origin}/users/admin', true, true, now() at time zone 'UTC' + interval '30 days', now(), now())`,
    `insert into apps (client_name, redirect_uris, scopes, client_id, client_secret, inserted_at, updated_at) values ('bench', 'urn:ietf:wg:oauth:2.0:oob', '{admin,read,write}', 'bench', 'bench', now(), now())`,
    `insert into oauth_tokens (app_id, user_id, token, scopes, valid_until, inserted_at, updated_at)
      select currval('apps_id_seq'), ${flake('0')}, '${token}', '{read,write,follow,admin:read,admin:write}', now() + interval '10 years', now(), now()`,
    `insert into objects (data, inserted_at, updated_at)
      select jsonb_build_object('id', '${origin}/objects/' || n, 'type', 'Note', 'actor', ${apId(author('n'))}, 'content', ${content('n')}, 'to', jsonb_build_array('${everybody}'), 'cc', '[]'::jsonb,
        'attachment', '[]'::jsonb, 'tag', '[]'::jsonb, 'context', '${origin}/contexts/' || n, 'published', to_char(${time('n')}, 'YYYY-MM-DD"T"HH24:MI:SS".000000Z"')), ${time('n')}, ${time('n')}
      ${each(activities)}`,
    `insert into activities (id, data, actor, local, recipients, inserted_at, updated_at)
      select ${flake('n')}, jsonb_build_object('id', '${origin}/activities/' || n, 'type', type, 'actor', ${apId(author('n'))}, 'to', jsonb_build_array('${everybody}'), 'cc', '[]'::jsonb,
          'context', '${origin}/contexts/' || n, 'published', to_char(${time('n')}, 'YYYY-MM-DD"T"HH24:MI:SS".000000Z"'),
          'object', case when type = 'Flag' then case when n % 1000 = 0 then ${reported(snapshot)} else ${reported(status)} end else to_jsonb('${origin}/objects/' || case when type = 'Create' then n else n - n % 100 + 1 end) end)
          || case when type = 'Flag' then jsonb_build_object('content', 'Please look at this, report ' || n, 'state', case when n % 1000 = 0 then 'open' else 'closed' end) else '{}' end,
        ${apId(author('n'))}, ${isLocal(author('n'))}, array['${everybody}'], ${time('n')}, ${time('n')}
      from (select n, case when n % 100 = 0 then 'Flag' when n % 100 <= 60 then 'Create' when n % 100 < 70 then 'Announce' else 'Like' end as type ${each(activities)}) numbered`,
    `insert into moderation_log (data, inserted_at, updated_at)
      select jsonb_build_object('actor', jsonb_build_object('id', 'A', 'nickname', 'admin', 'type', 'user'), 'action', 'tag', 'nicknames', jsonb_build_array('user' || n), 'tags', jsonb_build_array('verified'),
        'message', '@admin added tags: verified to users: @user' || n), ${time('n')}, ${time('n')} ${each(logRows)}`,
    'set session_replication_role = origin',
  ];
}
