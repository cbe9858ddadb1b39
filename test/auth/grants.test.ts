import { describe, expect, it } from 'vitest';
import { bearer, scopes, useLogIn, wrong, type Token } from '../support/log-in.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const { ask, grant, logIn, register } = useLogIn(world);

describe('the other grants', () => {
  it('a code of the instance is exchanged once, by its own app, in time', async () => {
    const client = await register();
    const other = await register({ client_name: 'other' });
    const [app] = await world.rows('apps');
    const addCode = (code: string, until: string) =>
      world.database.pool.query(
        `insert into oauth_authorizations (app_id, user_id, token, scopes, valid_until, used, inserted_at, updated_at) values ($1, $2, $3, '{read}', ${until}, false, timezone('UTC', now()), timezone('UTC', now()))`,
        [app?.['id'], world.admin.id, code],
      );
    await addCode('the-code', `timezone('UTC', now()) + interval '1 hour'`);
    await addCode('late-code', `timezone('UTC', now()) - interval '1 hour'`);
    expect(
      await grant(other, { grant_type: 'authorization_code', code: 'the-code' }),
    ).toMatchObject(wrong);
    expect(
      await grant(client, { grant_type: 'authorization_code', code: 'late-code' }),
    ).toMatchObject(wrong);
    expect(await grant(client, { grant_type: 'authorization_code' })).toMatchObject({
      status: 400,
      body: { error: 'Bad request' },
    });
    const answers = await Promise.all(
      [1, 2, 3].map(() => grant(client, { grant_type: 'authorization_code', code: 'the-code=' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({
      scope: 'read',
      me: 'https://home.example/users/admin',
    });
  });

  it('an app gets a token of its own, which is nobody', async () => {
    const { body } = await grant(await register(), { grant_type: 'client_credentials' });
    expect(body).toMatchObject({ scope: scopes, token_type: 'Bearer' });
    expect(body).not.toHaveProperty('me');
    expect(await world.rows('oauth_tokens')).toMatchObject([{ user_id: null }]);
    expect(
      await ask(
        'GET',
        '/api/v1/accounts/verify_credentials',
        undefined,
        bearer((body as Token).access_token),
      ),
    ).toMatchObject({ status: 403, body: { error: 'Invalid credentials.' } });
  });

  it.each([
    [true, 'kept'],
    [false, 'new'],
  ])(
    'a refreshed token ends; with issue_new_refresh_token %s the refresh token is %s',
    async (issueNew, outcome) => {
      await world.config(':oauth2', { issue_new_refresh_token: issueNew, token_expires_in: 600 });
      const client = await register();
      const first = (await logIn(client)).body as Token;
      const refreshed = await grant(client, {
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token,
      });
      const second = refreshed.body as Token & { expires_in: number };
      expect(refreshed).toMatchObject({
        status: 200,
        body: { expires_in: 600, scope: scopes, me: 'https://home.example/users/admin' },
      });
      expect(second.refresh_token === first.refresh_token).toBe(outcome === 'kept');
      expect(
        (
          await ask(
            'GET',
            '/api/v1/accounts/verify_credentials',
            undefined,
            bearer(first.access_token),
          )
        ).status,
      ).toBe(403);
      expect(
        (
          await ask(
            'GET',
            '/api/v1/accounts/verify_credentials',
            undefined,
            bearer(second.access_token),
          )
        ).status,
      ).toBe(200);
      expect(
        await grant(client, { grant_type: 'refresh_token', refresh_token: 'nope' }),
      ).toMatchObject(wrong);
      await world.database.pool.query('update users set is_active = false');
      expect(
        await world.expectUnchanged(() =>
          grant(client, { grant_type: 'refresh_token', refresh_token: second.refresh_token }),
        ),
      ).toMatchObject({ status: 403, body: { identifier: 'account_is_disabled' } });
    },
  );

  it.each([[{ grant_type: 'magic' }], [{}], [{ grant_type: ['password'] }]])(
    '%j is a bad request',
    async (body) => {
      const client = await register();
      expect(await world.expectUnchanged(() => grant(client, body))).toMatchObject({
        status: 400,
        body: { error: 'Bad request' },
      });
    },
  );

  it('where the instance clears expired tokens away it is told of new ones', async () => {
    await world.config(':oauth2', { clean_expired_tokens: true, token_expires_in: 600 });
    await logIn(await register());
    const [job] = await world.rows('oban_jobs');
    expect(job).toMatchObject({
      worker: 'Pleroma.Workers.PurgeExpiredToken',
      state: 'scheduled',
      queue: world.family === 'akkoma' ? 'token_expiration' : 'background',
      args: {
        mod: 'Elixir.Pleroma.Web.OAuth.Token',
        token_id: (await world.rows('oauth_tokens'))[0]?.['id'],
      },
    });
  });
});
