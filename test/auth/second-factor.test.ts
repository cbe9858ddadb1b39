import { hashPassword } from '../../src/auth/password.js';
import { describe, expect, it } from 'vitest';
import { scopes, totpCode, totpSecret, useLogIn, wrongCode } from '../support/log-in.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const { challenge, logIn, register } = useLogIn(world);

describe('the second factor', () => {
  const enable = async () => {
    const hashed = await hashPassword('recover-me', 'pleroma');
    await world.database.pool.query('update users set multi_factor_authentication_settings = $1', [
      {
        enabled: true,
        backup_codes: [hashed, '$argon2id$broken'],
        totp: { secret: totpSecret, delivery_type: 'app', confirmed: true },
      },
    ]);
    return hashed;
  };

  it('asks for a code and takes the one of this half minute, once', async () => {
    await enable();
    const client = await register();
    const asked = await logIn(client);
    const [waiting] = await world.rows('mfa_tokens');
    const { mfa_token: token } = asked.body as { mfa_token: string };
    expect(asked).toMatchObject({
      status: 403,
      body: {
        error: 'mfa_required',
        mfa_token: waiting?.['token'],
        supported_challenge_types: 'totp',
      },
    });
    expect(await world.rows('oauth_tokens')).toEqual([]);
    expect(
      (await world.rows('oban_jobs')).map(({ worker, state, args }) => ({ worker, state, args })),
    ).toEqual([
      {
        worker: 'Pleroma.Workers.PurgeExpiredToken',
        state: 'scheduled',
        args: { token_id: waiting?.['id'], mod: 'Elixir.Pleroma.MFA.Token' },
      },
    ]);
    for (const body of [
      { code: totpCode(-300_000) },
      { code: 'x' },
      {},
      { code: totpCode(), mfa_token: 'x' },
      { code: totpCode(), challenge_type: 'sms' },
      { code: totpCode(), client_secret: 'x' },
    ]) {
      expect(
        await world.expectUnchanged(() => challenge(client, { mfa_token: token, ...body })),
      ).toMatchObject(wrongCode);
    }
    expect(await challenge(client, { mfa_token: token, code: totpCode() })).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', scope: scopes, me: 'https://home.example/users/admin' },
    });
    expect(await challenge(client, { mfa_token: token, code: totpCode() })).toMatchObject(
      wrongCode,
    );
  });

  it('takes a recovery code once, and only in time', async () => {
    await enable();
    const client = await register();
    const next = async () => ((await logIn(client)).body as { mfa_token: string }).mfa_token;
    const late = await next();
    await world.database.pool.query(
      `update mfa_tokens set valid_until = timezone('UTC', now()) - interval '1 second'`,
    );
    expect(
      await challenge(client, { mfa_token: late, challenge_type: 'recovery', code: 'recover-me' }),
    ).toMatchObject(wrongCode);
    expect(
      (
        await challenge(client, {
          mfa_token: await next(),
          challenge_type: 'recovery',
          code: 'recover-me',
        })
      ).status,
    ).toBe(200);
    expect((await world.rows('users'))[0]?.['multi_factor_authentication_settings']).toMatchObject({
      enabled: true,
      backup_codes: ['$argon2id$broken'],
    });
    expect(
      await challenge(client, {
        mfa_token: await next(),
        challenge_type: 'recovery',
        code: 'recover-me',
      }),
    ).toMatchObject(wrongCode);
  });
});
