// What the peers know of the database: prepared statements, rows by DataLoader, one transaction for the change. As one writes it by hand.
import DataLoader from 'dataloader';
import pg from 'pg';

pg.types.setTypeParser(
  pg.types.builtins.TIMESTAMP,
  (value) => new Date(`${value.replace(' ', 'T')}Z`),
);
export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const userColumns =
  'id, ap_id, nickname, name, email, local, is_active, is_admin, is_moderator, tags, inserted_at';
const run = async (client, name, text, values) => (await client.query({ name, text, values })).rows;

/** The account of a bearer token, or undefined. */
export async function authenticate(authorization) {
  const [actor] = await run(
    pool,
    'authenticate',
    `select u.id, u.nickname, u.is_admin, t.scopes from oauth_tokens t join users u on u.id = t.user_id
    where t.token = $1 and t.valid_until > timezone('UTC', now()) and u.is_active and u.is_approved and u.is_confirmed`,
    [authorization?.slice('Bearer '.length)],
  );
  return actor;
}

export const listUsers = (limit) =>
  run(
    pool,
    'users',
    `select ${userColumns} from users where not invisible and nickname is not null and nickname not like 'internal.%' order by id desc limit $1`,
    [limit],
  );

export const findUser = async (nickname) =>
  (await run(pool, 'user', `select ${userColumns} from users where nickname = $1`, [nickname]))[0];

export const listReports = (limit) =>
  run(
    pool,
    'reports',
    `select id, actor, data, inserted_at from activities where data->>'type' = 'Flag' order by id desc nulls last limit $1`,
    [limit],
  );

/** Rows by key, each kind in one statement per level; for one request. */
export function createLoaders() {
  const byKey = (read, keyOf) =>
    new DataLoader(async (keys) => {
      const rows = new Map((await read(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    });
  return {
    account: byKey(
      (apIds) =>
        run(pool, 'accounts', `select ${userColumns} from users where ap_id = any($1::text[])`, [
          apIds,
        ]),
      (row) => row.ap_id,
    ),
    status: byKey(
      (apIds) =>
        run(
          pool,
          'statuses',
          `select a.id, a.actor, a.data->>'id' as ap_id, o.data as object from activities a
      join objects o on o.data->>'id' = a.data->>'object' where a.data->>'id' = any($1::text[])`,
          [apIds],
        ),
      (row) => row.ap_id,
    ),
  };
}

/** Tags accounts and writes the log row, in one transaction. */
export async function tagUsers(actor, actorId, nicknames, tags) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const users = await run(
      client,
      'lock',
      `select ${userColumns} from users where nickname = any($1::citext[]) order by id for update`,
      [nicknames],
    );
    const changed = await run(
      client,
      'tag',
      `update users set tags = tags || array(select tag from unnest($2::varchar[]) tag where tag <> all (tags)), updated_at = timezone('UTC', now())
      where id = any($1::uuid[]) returning ${userColumns}`,
      [users.map(({ id }) => id), tags],
    );
    const message = `@${actor.nickname} added tags: ${tags.join(', ')} to users: ${nicknames.map((name) => `@${name}`).join(', ')}`;
    await run(
      client,
      'log',
      `insert into moderation_log (data, inserted_at, updated_at) values ($1, timezone('UTC', now()), timezone('UTC', now()))`,
      [
        {
          actor: { id: actorId, nickname: actor.nickname, type: 'user' },
          action: 'tag',
          nicknames,
          tags,
          message,
        },
      ],
    );
    await client.query('commit');
    const byName = new Map(changed.map((row) => [row.nickname, row]));
    return nicknames.map((name) => byName.get(name));
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
