import { describe, expect, it } from 'vitest';
import {
  totpCode,
  totpSecret,
  useLogIn,
  wrongCode,
  type Client,
  type Token,
} from '../support/log-in.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const { ask, challenge, grant, logIn, register, startAnother } = useLogIn(world);

describe('a code', () => {
  const codes = async (client: Client, ...redirects: unknown[]) => {
    const [app] = await world.rows('apps', `client_id = '${client.client_id}'`);
    await world.database.pool.query(
      `insert into oauth_authorizations (app_id, user_id, token, scopes, valid_until, used, inserted_at, updated_at) values ($1, $2, 'the-code', '{read,admin:read}', timezone('UTC', now()) + interval '1 hour', false, timezone('UTC', now()), timezone('UTC', now()))`,
      [app?.['id'], world.admin.id],
    );
    const answers = [];
    for (const redirect of redirects)
      answers.push(
        (
          await grant(client, {
            grant_type: 'authorization_code',
            code: 'the-code',
            ...(redirect === undefined ? {} : { redirect_uri: redirect }),
          })
        ).status,
      );
    return answers;
  };
  const own = 'https://fe.example/oauth-callback';

  it.each([
    'https://evil.example/',
    '',
    own.toUpperCase(),
    `${own}/`,
    `${own}?x`,
    `${own} `,
    'https://fe.example',
    [own],
    { uri: own },
    null,
    7,
  ])('is not redeemed with the redirect_uri %j, which is none of its app', async (redirect) => {
    expect(await codes(await register(), redirect)).toEqual([400]);
    expect(await world.rows('oauth_authorizations')).toMatchObject([{ used: false }]);
  });

  it('is redeemed with one of its app, or without where there is one only', async () => {
    expect(await codes(await register(), own)).toEqual([200]);
    expect(await codes(await register({ client_name: 'one' }), undefined, own)).toEqual([200, 400]);
    const both = await register({
      client_name: 'two',
      redirect_uris: `${own}\nurn:ietf:wg:oauth:2.0:oob`,
    });
    expect(
      await codes(both, undefined, 'https://fe.example/', 'urn:ietf:wg:oauth:2.0:oob', own),
    ).toEqual([400, 400, 200, 400]);
  });

  it('of who has left the staff gives no admin scope, nor does a refreshed token', async () => {
    const client = await register();
    const token = (await logIn(client)).body as Token;
    await world.database.pool.query('update users set is_admin = false');
    expect(
      await grant(client, { grant_type: 'refresh_token', refresh_token: token.refresh_token }),
    ).toMatchObject({ status: 200, body: { scope: 'read write follow push' } });
    await codes(client, own);
    expect((await world.rows('oauth_tokens')).map(({ scopes: granted }) => granted)).toContainEqual(
      ['read'],
    );
  });
});

describe('a code of the second factor', () => {
  const settings = {
    enabled: true,
    backup_codes: [],
    totp: { secret: totpSecret, delivery_type: 'app', confirmed: true },
  };
  const enable = () =>
    world.database.pool.query('update users set multi_factor_authentication_settings = $1', [
      settings,
    ]);

  it('takes a code once, whatever it is for, and however many ask at once by however many processes', async () => {
    await enable();
    const client = await register();
    const second = await startAnother();
    // Not at the end of a half minute, where the next one would begin meanwhile.
    const left = 30_000 - (Date.now() % 30_000);
    if (left < 8_000) await new Promise((resolve) => setTimeout(resolve, left));
    const tokens = await Promise.all(
      [1, 2, 3, 4].map(async () => ((await logIn(client)).body as { mfa_token: string }).mfa_token),
    );
    const body = (token: string) => ({
      client_id: client.client_id,
      client_secret: client.client_secret,
      challenge_type: 'totp',
      mfa_token: token,
      code: totpCode(),
    });
    const answers = await Promise.all(
      tokens.map((token, index) =>
        (index % 2 === 0 ? ask : second)('POST', '/oauth/mfa/challenge', body(token)),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
    expect(await world.rows('oauth_tokens')).toHaveLength(1);
    expect((await world.rows('users'))[0]?.['multi_factor_authentication_settings']).toMatchObject(
      settings,
    );
    // The next half minute has a code of its own; what stands there of another writer is no obstacle.
    await world.database.pool.query(
      `update users set multi_factor_authentication_settings = jsonb_set(multi_factor_authentication_settings, '{totp,steward_last_step}', '"odd"')`,
    );
    expect(
      (
        await challenge(client, {
          mfa_token: tokens[answers.findIndex(({ status }) => status !== 200)],
          code: totpCode(),
        })
      ).status,
    ).toBe(200);
  });

  it('takes a code of an account for that account alone', async () => {
    await enable();
    const client = await register();
    const { mfa_token: token } = (await logIn(client)).body as { mfa_token: string };
    const other = await world.user({ nickname: 'other' });
    await world.database.pool.query('update mfa_tokens set user_id = $1', [other.id]);
    await world.database.pool.query('update users set multi_factor_authentication_settings = $1', [
      { enabled: true, totp: { secret: totpSecret, confirmed: true } },
    ]);
    expect(
      await world.expectUnchanged(() => challenge(client, { mfa_token: token, code: totpCode() })),
    ).toMatchObject(wrongCode);
  });
});
