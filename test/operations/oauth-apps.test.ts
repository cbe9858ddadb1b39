import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/oauth_app';
const app =
  'app { databaseId name clientId clientSecret redirectUris scopes website trusted } errors { code path message }';
const create = `mutation ($input: OauthAppCreateInput!) { oauthAppCreate(input: $input) { ${app} } }`;
const update = `mutation ($input: OauthAppUpdateInput!) { oauthAppUpdate(input: $input) { ${app} } }`;
const remove = `mutation ($input: OauthAppDeleteInput!) { oauthAppDelete(input: $input) { ${app} } }`;
const secret = expect.stringMatching(/^[\w-]{43}$/) as string;
const ownApp = `client_name <> 'test'`;

interface Answer {
  readonly app: {
    readonly databaseId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  } | null;
  readonly errors: unknown[];
}

describe('creating', () => {
  it("stores a secret app that is nobody's, without a log row", async () => {
    const admin = await world.asAdmin();
    const { status, body } = await admin.rest('POST', v1, {
      name: 'Test',
      redirect_uris: 'https://example.org',
    });
    const [row] = await world.rows('apps', ownApp);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: Number(row?.['id']),
        name: 'Test',
        client_id: secret,
        client_secret: secret,
        redirect_uri: 'https://example.org',
        website: null,
        trusted: false,
      },
    });
    expect(row).toMatchObject({
      client_name: 'Test',
      redirect_uris: 'https://example.org',
      scopes: [],
      trusted: false,
      website: null,
      user_id: null,
      client_id: (body as { client_id: string }).client_id,
    });
    expect(await world.rows('moderation_log')).toEqual([]);
  });

  it('takes scopes, trust and a website, and shows the key browsers are pushed to where the table has it', async () => {
    await world.setting(':web_push_encryption', ':vapid_details', { public_key: 'BAq6m2w8G5Yw' });
    const admin = await world.asAdmin();
    const { body } = await admin.rest('POST', v1, {
      name: 'Test2',
      redirect_uris: 'https://example.org',
      scopes: ['read', 'admin'],
      trusted: 'true',
      website: 'https://w.example',
    });
    expect(body).toMatchObject({
      trusted: true,
      website: 'https://w.example',
      vapid_key: 'BAq6m2w8G5Yw',
    });
    expect(await world.rows('apps', ownApp)).toMatchObject([
      { scopes: ['read', 'admin'], trusted: true, website: 'https://w.example' },
    ]);
  });

  it('over GraphQL too', async () => {
    const admin = await world.asAdmin();
    const { oauthAppCreate } = await admin.data<{ oauthAppCreate: Answer }>(create, {
      input: { name: 'App', redirectUris: ['https://a.example', 'urn:ietf:wg:oauth:2.0:oob'] },
    });
    const [row] = await world.rows('apps', ownApp);
    expect(oauthAppCreate).toEqual({
      app: {
        databaseId: String(row?.['id']),
        name: 'App',
        clientId: row?.['client_id'],
        clientSecret: row?.['client_secret'],
        redirectUris: ['https://a.example', 'urn:ietf:wg:oauth:2.0:oob'],
        scopes: [],
        website: null,
        trusted: false,
      },
      errors: [],
    });
    expect(row).toMatchObject({ redirect_uris: 'https://a.example urn:ietf:wg:oauth:2.0:oob' });
  });

  it.each([
    [{ name: ' ' }, ['name']],
    [{ name: 'x'.repeat(256) }, ['name']],
    [{ name: 'Mastodon-Local' }, ['name']],
    [{ redirectUris: [] }, ['redirectUris']],
    [{ website: 'x'.repeat(256) }, ['website']],
    [{ scopes: ['read', 'two words'] }, ['scopes', '1']],
  ])('refuses %j', async (faulty, path) => {
    const admin = await world.asAdmin();
    const { oauthAppCreate } = await world.expectUnchanged(() =>
      admin.data<{ oauthAppCreate: Answer }>(create, {
        input: { name: 'App', redirectUris: ['https://a.example'], ...faulty },
      }),
    );
    expect(oauthAppCreate).toMatchObject({ app: null, errors: [{ code: 'INVALID', path }] });
  });

  it("refuses a request without redirect_uris in Akkoma's words", async () => {
    const admin = await world.asAdmin();
    const answer = await world.expectUnchanged(() => admin.rest('POST', v1, { name: 'Test' }));
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: 'Missing field: redirect_uris.',
        errors: [
          {
            message: 'Missing field: redirect_uris',
            source: { pointer: '/redirect_uris' },
            title: 'Invalid value',
          },
        ],
      },
    });
  });
});

describe('listing', () => {
  const names = (body: unknown): unknown =>
    (body as { apps: { name: string }[] }).apps.map(({ name }) => name);

  it('shows trusted apps only when asked, whole names, and counts all, as Akkoma does', async () => {
    const admin = await world.asAdmin();
    for (const [name, trusted] of [
      ['One', false],
      ['Two', true],
      ['Three', false],
    ] as const)
      await admin.rest('POST', v1, { name, redirect_uris: 'https://a.example', trusted });
    const ask = async (query: string) => {
      const { body } = await admin.rest('GET', v1 + query);
      return {
        names: names(body),
        count: (body as { count: number }).count,
        size: (body as { page_size: number }).page_size,
      };
    };
    expect(await ask('')).toEqual({ names: ['test', 'One', 'Three'], count: 4, size: 50 });
    expect(await ask('?trusted=true')).toEqual({ names: ['Two'], count: 4, size: 50 });
    expect(await ask('?name=Two&page_size=1')).toEqual({ names: [], count: 4, size: 1 });
    expect(await ask('?page=2&page_size=1')).toEqual({ names: ['One'], count: 4, size: 1 });
    expect(await ask('?client_name=One')).toEqual({
      names: ['test', 'One', 'Three'],
      count: 4,
      size: 50,
    });
    const { oauthApps } = await admin.data<{ oauthApps: unknown }>(
      '{ oauthApps(first: 1, filter: { trusted: false, name: "Three" }) { totalCount nodes { name clientSecret } pageInfo { hasNextPage } } }',
    );
    expect(oauthApps).toEqual({
      totalCount: 1,
      nodes: [{ name: 'Three', clientSecret: secret }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('pages by cursor, newest first, and by node', async () => {
    const admin = await world.asAdmin();
    for (const name of ['One', 'Two', 'Three'])
      await admin.rest('POST', v1, { name, redirect_uris: 'https://a.example' });
    interface Page {
      oauthApps: { nodes: { id: string; name: string }[]; pageInfo: { endCursor: string } };
    }
    const page =
      'query ($after: String) { oauthApps(first: 2, after: $after) { nodes { id name } pageInfo { endCursor } } }';
    const first = await admin.data<Page>(page);
    const second = await admin.data<Page>(page, { after: first.oauthApps.pageInfo.endCursor });
    expect([...first.oauthApps.nodes, ...second.oauthApps.nodes].map(({ name }) => name)).toEqual([
      'Three',
      'Two',
      'One',
      'test',
    ]);
    expect(
      await admin.data(
        `{ node(id: "${first.oauthApps.nodes[0]?.id ?? ''}") { ... on OAuthApp { name } } }`,
      ),
    ).toEqual({ node: { name: 'Three' } });
  });

  it('demands admin:write, since secrets are shown, also of a node', async () => {
    const reader = world.as(await world.token(world.admin, ['admin:read']));
    expect(await reader.rest('GET', v1)).toMatchObject({
      status: 403,
      body: { error: 'Insufficient permissions: admin:write.' },
    });
    expect(
      (
        await reader.graphql(
          `{ node(id: "${Buffer.from('OAuthApp:1').toString('base64')}") { id } }`,
        )
      ).errors,
    ).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScope: 'admin:write' } }]);
  });
});

describe('changing', () => {
  const make = async () =>
    (
      await (
        await world.asAdmin()
      ).data<{ oauthAppCreate: { app: NonNullable<Answer['app']> } }>(create, {
        input: {
          name: 'Golden',
          redirectUris: ['https://a.example'],
          website: 'https://golden.example',
          scopes: ['read'],
        },
      })
    ).oauthAppCreate.app;

  it('changes what is given and leaves the secret', async () => {
    const { databaseId, clientId, clientSecret } = await make();
    const admin = await world.asAdmin();
    const { status, body } = await admin.rest('PATCH', `${v1}/${databaseId}`, {
      name: 'Renamed',
      trusted: true,
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: Number(databaseId),
        name: 'Renamed',
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: 'https://a.example',
        website: 'https://golden.example',
        trusted: true,
      },
    });
    expect(await world.rows('apps', ownApp)).toMatchObject([
      {
        client_name: 'Renamed',
        trusted: true,
        scopes: ['read'],
        redirect_uris: 'https://a.example',
        website: 'https://golden.example',
        client_secret: clientSecret,
      },
    ]);
    const { oauthAppUpdate } = await admin.data<{ oauthAppUpdate: Answer }>(update, {
      input: {
        app: { clientId },
        website: null,
        scopes: ['read', 'write'],
        redirectUris: ['https://b.example'],
      },
    });
    expect(oauthAppUpdate).toMatchObject({
      app: {
        website: null,
        scopes: ['read', 'write'],
        redirectUris: ['https://b.example'],
        name: 'Renamed',
      },
      errors: [],
    });
  });

  it('writes nothing when nothing changes', async () => {
    const { databaseId } = await make();
    await world.database.pool.query(`update apps set updated_at = '2020-01-01'`);
    const admin = await world.asAdmin();
    const { status } = await world.expectUnchanged(() =>
      admin.rest('PATCH', `${v1}/${databaseId}`, {
        name: 'Golden',
        scopes: ['read'],
        website: 'https://golden.example',
      }),
    );
    expect(status).toBe(200);
  });

  it.each(['999', 'abc', '99999999999999999999'])(
    'answers an unknown app (%s) as Akkoma does',
    async (id) => {
      const admin = await world.asAdmin();
      for (const [method, body] of [
        ['PATCH', { name: 'x' }],
        ['DELETE', undefined],
      ] as const)
        expect(
          await world.expectUnchanged(() => admin.rest(method, `${v1}/${id}`, body)),
        ).toMatchObject({ status: 400, body: '' });
      expect(
        await admin.data(update, { input: { app: { databaseId: id }, name: 'x' } }),
      ).toMatchObject({
        oauthAppUpdate: { app: null, errors: [{ code: 'NOT_FOUND', path: ['app', 'databaseId'] }] },
      });
    },
  );
});

describe('removing', () => {
  it('removes an app nobody is logged in with', async () => {
    const admin = await world.asAdmin();
    const { body } = await admin.rest('POST', v1, {
      name: 'Test',
      redirect_uris: 'https://example.org',
    });
    expect(await admin.rest('DELETE', `${v1}/${(body as { id: number }).id}`)).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect(await world.rows('apps', ownApp)).toEqual([]);
  });

  it('refuses one with tokens, unless they are to end with it', async () => {
    const alice = await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const {
      oauthAppCreate: {
        app: { databaseId },
      },
    } = await admin.data<{ oauthAppCreate: { app: { databaseId: string } } }>(create, {
      input: { name: 'Used', redirectUris: ['https://a.example'] },
    });
    await world.database.pool.query(
      `insert into oauth_tokens (app_id, user_id, token, scopes, inserted_at, updated_at) values ($1, $2, 'used-token', '{read}', timezone('UTC', now()), timezone('UTC', now()))`,
      [databaseId, alice.id],
    );
    await world.database.pool.query(
      `insert into oauth_authorizations (app_id, user_id, token, scopes, inserted_at, updated_at) values ($1, $2, 'used-code', '{read}', timezone('UTC', now()), timezone('UTC', now()))`,
      [databaseId, alice.id],
    );
    const answer = await world.expectUnchanged(() => admin.rest('DELETE', `${v1}/${databaseId}`));
    expect(answer).toMatchObject({
      status: 409,
      body: {
        error:
          'The app has 1 token(s) and 1 authorization(s): whoever uses it would be logged out.',
      },
    });
    expect(await admin.data(remove, { input: { app: { databaseId } } })).toMatchObject({
      oauthAppDelete: { app: null, errors: [{ code: 'CONFLICT', path: ['app'] }] },
    });
    expect(
      await admin.data(remove, { input: { app: { databaseId }, revokeTokens: true } }),
    ).toMatchObject({ oauthAppDelete: { app: { name: 'Used' }, errors: [] } });
    expect([
      await world.rows('apps', ownApp),
      await world.rows('oauth_tokens', `token = 'used-token'`),
      await world.rows('oauth_authorizations'),
    ]).toEqual([[], [], []]);
    expect(await world.rows('oauth_tokens')).toHaveLength(1);
  });
});
