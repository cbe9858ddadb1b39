import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { leaves } from '../support/odd/question.js';
import { grouped, nameOf, odditiesOf, readRow, type Oddity } from '../support/odd/rows.js';
import type { TestUser } from '../support/maker.js';
import { makePosts } from '../support/posts.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();

interface Seen {
  readonly account: Readonly<Record<string, unknown>> | null;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly tokenExpiresAt: string | null;
  readonly may: readonly string[];
}
const whole = '{ viewer { account { nickname } role scopes tokenExpiresAt may } }';
const viewerOf = async (client: Client): Promise<Seen> =>
  (await client.data<{ viewer: Seen }>(whole)).viewer;

/** A client with other credentials than a bearer token. */
function clientWith(headers: Readonly<Record<string, string>>): Pick<Client, 'data'> {
  return {
    data: async <Data>(query: string, variables?: Record<string, unknown>): Promise<Data> => {
      const response = await world.app.fetch(
        new Request('http://steward.test/graphql', {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
        }),
      );
      const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
      expect(errors).toBeUndefined();
      return data;
    },
  };
}
const secret = () => clientWith({ 'x-admin-token': adminSecret });

describe('viewer', () => {
  it('is the account behind a token, with its role, scopes and the end of the token', async () => {
    const end = new Date('2031-02-03T04:05:06Z');
    const mod = await world.user({ nickname: 'mod', isModerator: true });
    const token = await world.token(mod, ['read', 'admin:read:reports'], end);
    expect(await viewerOf(world.as(token))).toMatchObject({
      account: { nickname: 'mod' },
      role: 'MODERATOR',
      scopes: ['read', 'admin:read:reports'],
      tokenExpiresAt: end.toISOString(),
    });
  });

  it('asks for no scope, and says of a token without admin scopes that it may do nothing else', async () => {
    const both = await world.user({ nickname: 'both', isAdmin: true, isModerator: true });
    const seen = await viewerOf(world.as(await world.token(both, ['follow'])));
    expect(seen).toMatchObject({ role: 'ADMIN', scopes: ['follow'], may: ['viewerShow'] });
  });

  it.each([
    ['follow', null],
    ['admin:read:reports', null],
    ['read:accounts', { nickname: 'admin' }],
    ['admin:read', { nickname: 'admin' }],
  ])('shows the account to a token with %s: %j', async (scope, account) => {
    const client = world.as(await world.token(world.admin, [scope]));
    expect((await viewerOf(client)).account).toEqual(account);
  });

  it('of a token without an end has none', async () => {
    const token = await world.token(world.admin);
    await world.database.pool.query(
      `update oauth_tokens set valid_until = 'infinity' where token = $1`,
      [token],
    );
    expect(await viewerOf(world.as(token))).toMatchObject({ tokenExpiresAt: null });
  });

  it('of x-admin-token is an admin without account who may call what needs none', async () => {
    const { viewer } = await secret().data<{ viewer: Seen }>(whole);
    expect(viewer).toMatchObject({ account: null, role: 'ADMIN', tokenExpiresAt: null });
    expect(viewer.scopes).toEqual(['admin', 'follow', 'push', 'read', 'write']);
    expect(viewer.may).toEqual(expect.arrayContaining(['usersDeactivate', 'configUpdate']));
    const signed = ['usersDelete', 'statusDelete', 'reportNoteCreate', 'reportRespond'];
    expect(viewer.may.filter((name) => signed.includes(name))).toEqual([]);
  });

  it('never names an operation that only the shell has', async () => {
    const { may } = await viewerOf(await world.asAdmin());
    expect(may).toEqual([...may].sort());
    expect(may.filter((name) => /^token/.test(name))).toEqual([]);
  });

  it.each(['', 'noSuchOperation', 'users', 'constructor', '__proto__', 'usersdelete'])(
    'can(operation: "%s") is INVALID and names the argument, beside the rest of the page',
    async (name) => {
      const { data, errors } = await (
        await world.asAdmin()
      ).graphql(
        'query ($name: String!) { viewer { role can(operation: $name) } statistics { __typename } }',
        { name },
      );
      expect(data).toEqual({ viewer: null, statistics: { __typename: 'Statistics' } });
      expect(errors).toMatchObject([
        {
          path: ['viewer', 'can'],
          message: `operation must be the name of an operation, such as usersDeactivate, not "${name}".`,
          extensions: { code: 'INVALID', inputPath: ['operation'] },
        },
      ]);
    },
  );

  // Within documents test/attacks/odd-rows.test.ts tries the same fields.
  it('has an account whatever is odd about its columns', async () => {
    const { pool } = world.database;
    const { id } = world.admin;
    const client = await world.asAdmin();
    const saved = await readRow(pool, 'users', id);
    const set = (columns: readonly string[], json: string) =>
      pool.query(
        `update users u set ${columns.map((column) => `"${column}" = r."${column}"`).join(', ')}
         from jsonb_populate_record(null::users, $2::jsonb) r where u.id = $1`,
        [id, json],
      );
    const another = {
      id: randomUUID(),
      nickname: 'another',
      email: 'another@mail.example',
      ap_id: 'https://town.example/users/another',
    };
    const oddities = (await odditiesOf(pool, 'users', { ...saved, ...another })).filter(
      ({ path }) => path.length === 0,
    );
    const decides = ({ column }: Oddity): boolean =>
      /^(nickname|ap_id|local|is_|password_reset)/.test(column);
    const faults: string[] = [];
    let seen = 0;
    for (const group of [
      ...grouped(oddities.filter(decides), 1),
      ...grouped(
        oddities.filter((oddity) => !decides(oddity)),
        20,
      ),
    ]) {
      const columns = group.map(({ column }) => column);
      await set(
        columns,
        `{${group.map(({ column, json = 'null' }) => `"${column}": ${json}`).join()}}`,
      );
      const { status, data, errors } = await client.graphql(
        `{ viewer { account { ${leaves('User')} } role may } }`,
      );
      await set(columns, JSON.stringify(saved));
      const account = (data as { viewer?: Seen } | null)?.viewer?.account;
      if (account && !errors) seen += group.length;
      else if (
        !group.every(decides) ||
        !(status === 401 || errors?.[0]?.message.startsWith('User is not a staff member.'))
      )
        faults.push(`${group.map(nameOf).join(', ')}: ${JSON.stringify(errors)}`);
    }
    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(oddities.length / 2);
  });
});

describe('what the viewer can do to an account', () => {
  const ask = `query ($user: UserReference!) { user(by: $user) { viewerCanDeactivate viewerCanDelete viewerCanSeeStatuses } }`;
  const deed = (name: string) =>
    `mutation ($user: UserReference!) { ${name}(input: { users: [$user] }) { errors { code } } }`;
  const statuses = `query ($user: UserReference!) { user(by: $user) { statuses(first: 1) { totalCount } } }`;
  type Asker = Pick<Client, 'data'>;
  interface Can {
    readonly viewerCanDeactivate: boolean;
    readonly viewerCanDelete: boolean;
    readonly viewerCanSeeStatuses: boolean;
  }

  /** A town with two admins, whose settings give moderators all there is. */
  async function town(): Promise<Readonly<Record<string, TestUser>>> {
    const list = { atoms: ['users_read', 'users_manage_activation_state', 'users_delete'] };
    await world.config(
      ':instance',
      world.family === 'akkoma' ? { privileged_staff: true } : { moderator_privileges: list },
    );
    return {
      admin: world.admin,
      otherAdmin: await world.user({ nickname: 'second', isAdmin: true }),
      inactiveAdmin: await world.user({ nickname: 'retired', isAdmin: true, isActive: false }),
      moderator: await world.user({ nickname: 'mod', isModerator: true }),
      colleague: await world.user({ nickname: 'colleague', isModerator: true }),
      user: await world.user({ nickname: 'alice' }),
      inactive: await world.user({ nickname: 'gone', isActive: false }),
      remote: await world.user({ nickname: 'rita@remote.example' }),
    };
  }

  /** Whether the document is answered, without errors as data either. */
  const answers = (client: Asker, document: string, user: object): Promise<boolean> =>
    client.data<Record<string, { errors?: unknown[] }>>(document, { user }).then(
      (answer) => Object.values(answer).every(({ errors = [] }) => errors.length === 0),
      () => false,
    );

  /** The same of a deed, which is undone. */
  async function succeeds(client: Asker, document: string, user: object): Promise<boolean> {
    const putBack = await world.keep();
    const isDone = await answers(client, document, user);
    if (isDone) await putBack();
    return isDone;
  }

  it.each([false, true])(
    'is what the operations do: rank, self, scope and the last admin (the only one: %s)',
    async (isLast) => {
      const people = await town();
      if (isLast)
        await world.database.pool.query(
          `update users set is_admin = false where nickname = 'second'`,
        );
      const { admin, moderator } = people;
      if (!admin || !moderator) throw new Error('nobody');
      const askers: Readonly<Record<string, Asker>> = {
        admin: world.as(await world.token(admin)),
        'an admin who only reads': world.as(await world.token(admin, ['admin:read'])),
        moderator: world.as(await world.token(moderator)),
        secret: secret(),
      };
      const wrong: string[] = [];
      for (const [who, client] of Object.entries(askers))
        for (const [whom, { databaseId }] of Object.entries(people)) {
          const user = { databaseId };
          const { user: can } = await client.data<{ user: Can }>(ask, { user });
          const done: Can = {
            viewerCanDeactivate: await succeeds(client, deed('usersDeactivate'), user),
            viewerCanDelete: await succeeds(client, deed('usersDelete'), user),
            viewerCanSeeStatuses: await answers(client, statuses, user),
          };
          if (JSON.stringify(can) !== JSON.stringify(done))
            wrong.push(`${who} → ${whom}: ${JSON.stringify(can)}, not ${JSON.stringify(done)}`);
        }
      expect(wrong).toEqual([]);
    },
  );

  it('of a page of accounts takes one statement for all admins on it', async () => {
    await town();
    const page = async (first: number): Promise<number> => {
      world.statements.length = 0;
      await (
        await world.asAdmin()
      ).data(
        `{ users(first: ${String(first)}) { nodes { viewerCanDeactivate viewerCanDelete viewerCanSeeStatuses } } }`,
      );
      return world.statements.length;
    };
    await page(1);
    const all = await page(50);
    for (let index = 0; index < 20; index += 1)
      await world.user({ nickname: `admin${String(index)}`, isAdmin: true });
    expect(await page(50)).toBe(all);
  });

  it('a moderator without the privilege for statuses is told so before asking for them', async () => {
    const alice = await world.user({ nickname: 'alice' });
    await makePosts(world).status(alice);
    const mod = await world.user({ nickname: 'mod', isModerator: true });
    const reported = await makePosts(world).report(mod, alice);
    const client = world.as(await world.token(mod));
    const { report } = await client.data<{ report: { account: Can } }>(
      `{ report(by: { databaseId: "${reported.databaseId}" }) { account { viewerCanSeeStatuses viewerCanDelete } } }`,
    );
    expect(report.account).toEqual({ viewerCanSeeStatuses: false, viewerCanDelete: false });
  });
});
