import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../src/database/family.js';
import { engineName, family as instanceFamily, role } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

/** Rows of docs/database-role.md: table → verbs. */
const documented = new Map(
  [
    ...readFileSync(new URL('../../docs/database-role.md', import.meta.url), 'utf8').matchAll(
      /^\| `(\w+)`(?: \((\w+)\))? \| ([a-z, ]+) \|/gm,
    ),
  ]
    .filter(([, , family]) => family === undefined || family.toLowerCase() === instanceFamily)
    .map(([, table = '', , verbs = '']) => [table, verbs.split(', ').sort()]),
);

describe.runIf(engineName === 'postgres')('the role of docs/grants.sql', () => {
  it('may do what docs/database-role.md lists, and nothing else', async () => {
    const { rows } = await world.database.pool.query<{ table: string; verbs: string[] }>(
      `select table_name as table, array_agg(lower(privilege_type) order by 1) as verbs from information_schema.role_table_grants where grantee = $1 group by 1 order by 1`,
      [role],
    );
    const granted = rows.map(({ table, verbs }) => [table, [...verbs].sort()] as const);
    expect(granted).toEqual([...documented].sort(([one], [other]) => (one < other ? -1 : 1)));
  });

  it('is the one this suite runs under', async () => {
    const { rows } = await world.source.database.pool.query(
      'select current_user as name, usesuper as is_superuser from pg_user where usename = current_user',
    );
    expect(rows).toEqual([{ name: role, is_superuser: false }]);
    expect(await checkSchema(world.source.database.pool)).toEqual(
      await checkSchema(world.database.pool),
    );
  });

  it.each([
    ['drop a table', 'drop table users'],
    ['change a table', 'alter table users add column note text'],
    ['make a table', 'create table mine (id integer)'],
    ['make an index', 'create index mine on users (name)'],
    ['empty a table', 'truncate users cascade'],
    ['remove accounts', 'delete from users'],
    ['remove objects', 'delete from objects'],
    ['rewrite the log', `update moderation_log set data = '{}'`],
    ['remove from the log', 'delete from moderation_log'],
    ['remove jobs', 'delete from oban_jobs'],
    ['change a token', `update oauth_tokens set scopes = '{admin}'`],
    ['change reset links', 'update password_reset_tokens set used = false'],
    [
      'read chats or frontend settings',
      instanceFamily === 'pleroma'
        ? 'select * from chats'
        : 'select * from user_frontend_setting_profiles',
    ],
    ['read bookmarks', 'select * from bookmarks'],
    ['read filters', 'select * from filters'],
    ['read lists', 'select * from lists'],
    ['read private notes', 'select * from user_notes'],
    ['read scheduled statuses', 'select * from scheduled_activities'],
    ['change migrations', 'insert into schema_migrations (version) values (1)'],
    ['run a program', `copy users to program 'true'`],
    ['read files', `select pg_read_file('PG_VERSION')`],
    ['make a role', 'create role other'],
    ['switch triggers off', 'set session_replication_role = replica'],
  ])("can't %s", async (_what, statement) => {
    await expect(world.source.database.pool.query(statement)).rejects.toMatchObject({
      code: '42501',
    });
  });
});
