// The floor: what is left when there is no API layer. node:http, pg, prepared statements, JSON.stringify; it checks the same bearer token.
import { createServer } from 'node:http';
import pg from 'pg';
import { flakeFromUuid } from './flake.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const utc = (value) => new Date(`${value.replace(' ', 'T')}Z`);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMP, utc);

const authenticate = {
  name: 'authenticate',
  text: `select u.id, u.nickname, u.is_admin, t.scopes from oauth_tokens t join users u on u.id = t.user_id
         where t.token = $1 and t.valid_until > timezone('UTC', now()) and u.is_active and u.is_approved and u.is_confirmed`,
};
const userColumns =
  'id, nickname, name, email, local, is_active, is_admin, is_moderator, tags, inserted_at';
const statements = {
  users: {
    name: 'users',
    text: `select ${userColumns} from users where not invisible and nickname is not null and nickname not like 'internal.%' order by id desc limit 51`,
  },
  user: { name: 'user', text: `select ${userColumns} from users where nickname = $1` },
  reports: {
    name: 'reports',
    text: `select id, actor, data, inserted_at from activities where data->>'type' = 'Flag' order by id desc nulls last limit 21`,
  },
  statuses: {
    name: 'statuses',
    text: `select a.id, a.actor, a.data->>'id' as ap_id, o.data as object from activities a join objects o on o.data->>'id' = a.data->>'object' where a.data->>'id' = any($1::text[])`,
  },
  accounts: {
    name: 'accounts',
    text: 'select id, ap_id, nickname, name, is_active from users where ap_id = any($1::text[])',
  },
  lock: {
    name: 'lock',
    text: 'select id, nickname, tags from users where nickname = any($1::citext[]) order by id for update',
  },
  tag: {
    name: 'tag',
    text: `update users set tags = tags || array(select tag from unnest($2::varchar[]) tag where tag <> all (tags)), updated_at = timezone('UTC', now()) where id = any($1::uuid[]) returning id, tags`,
  },
  log: {
    name: 'log',
    text: `insert into moderation_log (data, inserted_at, updated_at) values ($1, timezone('UTC', now()), timezone('UTC', now()))`,
  },
};

const run = (client, statement, values) => client.query({ ...statement, values });
const userJson = (row) => ({
  databaseId: flakeFromUuid(row.id),
  nickname: row.nickname,
  displayName: row.name ?? row.nickname,
  email: row.email,
  isLocal: row.local,
  isActive: row.is_active,
  isAdmin: row.is_admin,
  isModerator: row.is_moderator,
  tags: row.tags,
  createdAt: row.inserted_at,
});

const routes = {
  '/a': async () => {
    const { rows } = await run(pool, statements.users, []);
    return { users: { nodes: rows.slice(0, 50).map(userJson) } };
  },
  '/b': async () => {
    const { rows: reports } = await run(pool, statements.reports, []);
    const page = reports.slice(0, 20);
    const idsOf = ({ data }) => data.object.slice(1).map((entry) => entry.id ?? entry);
    const { rows: statuses } = await run(pool, statements.statuses, [page.flatMap(idsOf)]);
    const byApId = new Map(statuses.map((status) => [status.ap_id, status]));
    const people = new Set([
      ...page.flatMap(({ actor, data }) => [actor, data.object[0]]),
      ...statuses.map(({ actor }) => actor),
    ]);
    const { rows: accounts } = await run(pool, statements.accounts, [[...people]]);
    const account = new Map(accounts.map((row) => [row.ap_id, row]));
    const brief = (apId) => {
      const row = account.get(apId);
      return row
        ? {
            databaseId: flakeFromUuid(row.id),
            nickname: row.nickname,
            displayName: row.name ?? row.nickname,
          }
        : null;
    };
    const statusJson = ({ id, actor, object }) => ({
      databaseId: flakeFromUuid(id),
      content: object.content,
      createdAt: new Date(object.published),
      account: brief(actor),
    });
    const reportJson = ({ id, actor, data }) => ({
      databaseId: flakeFromUuid(id),
      state: data.state.toUpperCase(),
      content: data.content,
      createdAt: new Date(data.published),
      account: { ...brief(data.object[0]), isActive: account.get(data.object[0])?.is_active },
      actor: brief(actor),
      statuses: idsOf({ data }).map((apId) => ({ status: statusJson(byApId.get(apId)) })),
    });
    return { reports: { nodes: page.map(reportJson) } };
  },
  '/c': async (nickname) => {
    const { rows } = await run(pool, statements.user, [nickname]);
    return { user: rows[0] ? userJson(rows[0]) : null };
  },
  '/d': async (_query, { nicknames, tags }, actor) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await run(client, statements.lock, [nicknames]);
      const changed = await run(client, statements.tag, [rows.map(({ id }) => id), tags]);
      await run(client, statements.log, [
        {
          actor: { id: flakeFromUuid(actor.id), nickname: actor.nickname, type: 'user' },
          action: 'tag',
          nicknames,
          tags,
          message: `@${actor.nickname} added tags: ${tags.join(', ')} to users: ${nicknames.map((name) => `@${name}`).join(', ')}`,
        },
      ]);
      await client.query('commit');
      const tagsOf = new Map(changed.rows.map((row) => [row.id, row.tags]));
      const byName = new Map(rows.map((row) => [row.nickname, row]));
      const users = nicknames
        .map((name) => byName.get(name))
        .map(({ id, nickname }) => ({
          databaseId: flakeFromUuid(id),
          nickname,
          tags: tagsOf.get(id),
        }));
      return { usersTag: { users, errors: [] } };
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  },
};

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const [path, query] = request.url.split('?');
  const {
    rows: [actor],
  } = await run(pool, authenticate, [request.headers.authorization?.slice(7)]);
  if (!actor) return void response.writeHead(401).end();
  const body = JSON.stringify({
    data: await routes[path](
      query,
      chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : undefined,
      actor,
    ),
  });
  response
    .writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    })
    .end(body);
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
