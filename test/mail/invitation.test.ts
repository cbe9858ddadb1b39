import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smtpMailer } from '../../src/mail/smtp.js';
import { createApp } from '../../src/server/app.js';
import { createClient, type Client } from '../support/client.js';
import { keepSecret, testLogger } from '../support/log-sink.js';
import { mailLogin, startMailServer, type MailServer } from '../support/mail-server.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/users/email_invite';
const send =
  'mutation ($input: InviteSendByEmailInput!) { inviteSendByEmail(input: $input) { invite { type status link } errors { code path message } } }';
interface Sent {
  inviteSendByEmail: {
    invite: { link: string } | null;
    errors: { code: string; message: string }[];
  };
}
let server: MailServer;

beforeEach(async () => {
  server = await startMailServer();
  await world.config(':instance', {
    name: 'Golden Akkoma',
    notify_email: 'noreply@home.example',
    registrations_open: false,
    invites_enabled: true,
  });
});
afterEach(() => server.stop());

/** The admin's client on a Steward that mails through this server; undefined = none. */
async function adminMailing(url: string | undefined, from?: string): Promise<Client> {
  const source = {
    ...world.source,
    ...(url === undefined ? {} : { mailer: smtpMailer(url, from) }),
  };
  const app = createApp({
    database: world.source.database,
    source,
    waysIn: { adminSecret: undefined, basicAuth: false },
    log: testLogger(),
  });
  return createClient(app, await world.token(world.admin));
}

describe('an invitation by mail', () => {
  it('goes out as HTML in the words of the instance and as plain text, from the instance', async () => {
    await world.database.pool.query(`update users set name = 'Admin'`);
    const admin = await adminMailing(server.url);
    expect(await admin.rest('POST', v1, { email: 'foo@bar.com', name: 'J. D.' })).toMatchObject({
      status: 204,
      body: undefined,
    });
    const [invite] = await world.rows('user_invite_tokens');
    expect(invite).toMatchObject({
      invite_type: 'one_time',
      used: false,
      uses: 0,
      max_use: null,
      expires_at: null,
    });
    const link = `https://home.example/registration/${encodeURIComponent(String(invite?.['token']))}`;
    const software = world.family === 'akkoma' ? 'Akkoma' : 'Pleroma';
    const [mail] = server.received;
    expect(mail).toMatchObject({
      from: 'noreply@home.example',
      to: ['foo@bar.com'],
      headers: {
        from: 'Golden Akkoma <noreply@home.example>',
        to: '"J. D." <foo@bar.com>',
        subject: 'Invitation to Golden Akkoma',
      },
    });
    expect(mail?.html).toContain(
      `<h3>You are invited to Golden Akkoma</h3>\n<p>Admin invites you to join Golden Akkoma, an instance of ${software} federated social networking platform.</p>\n<p>Click the following link to register: <a href="${link}">accept invitation</a>.</p>\n`,
    );
    expect(mail?.html).toMatch(
      /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/,
    );
    expect(mail?.html).toContain(`copy this address into your browser:<br><span>${link}</span>`);
    expect(mail?.html).not.toMatch(/<(img|link|script|iframe)|url\(|@import/);
    expect(mail?.text).toContain(`Follow this link to register:\n${link}\n`);
    expect(await world.rows('moderation_log')).toEqual([]);
  });

  it('carries any language, and escapes names in the HTML', async () => {
    await world.database.pool.query(`update users set name = 'Ağnès <script>'`);
    await world.database.pool.query('truncate config');
    await world.config(':instance', {
      name: 'Größe & 日本',
      registrations_open: false,
      invites_enabled: true,
    });
    const admin = await adminMailing(server.url, 'mail@relay.example');
    expect(
      (await admin.data<Sent>(send, { input: { email: 'foo@bar.com', name: 'Žofie' } }))
        .inviteSendByEmail.errors,
    ).toEqual([]);
    const [mail] = server.received;
    expect(mail?.headers).toMatchObject({
      subject: 'Invitation to Größe & 日本',
      to: 'Žofie <foo@bar.com>',
      from: 'Größe & 日本 <mail@relay.example>',
    });
    expect(mail?.html).toContain('<p>Ağnès &#60;script&#62; invites you to join Größe &#38; 日本,');
    expect(mail?.text).toContain('Ağnès <script> invites you to join Größe & 日本,');
  });

  it('goes through a server that asks for a log-in, whatever else SMTP_URL says', async () => {
    const { user, password } = mailLogin;
    const admin = await adminMailing(
      server.url.replace('//', `//${user}:${password}@`) + '?logger=true&debug=true',
    );
    expect((await admin.rest('POST', v1, { email: 'foo@bar.com' })).status).toBe(204);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    [
      'registrations_open',
      { registrations_open: true, invites_enabled: true },
      'To send invites you need to set the `registrations_open` option to false.',
    ],
    [
      'invites_enabled',
      { registrations_open: false, invites_enabled: false },
      'To send invites you need to set the `invites_enabled` option to true.',
    ],
    [
      'registrations_open first',
      { registrations_open: true, invites_enabled: false },
      'To send invites you need to set the `registrations_open` option to false.',
    ],
  ])('is refused by the setting %s', async (_case, settings, error) => {
    await world.database.pool.query('truncate config');
    await world.config(':instance', settings);
    const admin = await adminMailing(server.url);
    expect(
      await world.expectUnchanged(() => admin.rest('POST', v1, { email: 'foo@bar.com' })),
    ).toMatchObject({ status: 400, body: { error } });
    expect(await admin.rest('POST', v1, { email: 'no address' })).toMatchObject({
      status: 400,
      body: { error },
    });
    expect(await admin.rest('POST', v1.replace('/v1', ''), { email: 'foo@bar.com' })).toMatchObject(
      { status: 400, body: error },
    );
    expect(
      (await admin.data<Sent>(send, { input: { email: 'foo@bar.com' } })).inviteSendByEmail,
    ).toMatchObject({ invite: null, errors: [{ code: 'CONFLICT', message: error }] });
    expect(server.received).toEqual([]);
  });

  it.each([
    [{ email: 'foo@bar.com\r\nBcc: spy@evil.example' }, ['email']],
    [{ email: 'foo@bar.com', name: 'X\r\nBcc: spy@evil.example' }, ['name']],
    [{ email: 'foo@bar.com', name: 'X\nSubject: hello' }, ['name']],
    [{ email: 'foo@bar.com', name: 'x'.repeat(201) }, ['name']],
    [{ email: 'a@b.example, c@d.example' }, ['email']],
    [{ email: '' }, ['email']],
  ])('refuses %j', async (input, path) => {
    const admin = await adminMailing(server.url);
    expect(
      (await world.expectUnchanged(() => admin.data<Sent>(send, { input }))).inviteSendByEmail,
    ).toMatchObject({ invite: null, errors: [{ code: 'INVALID', path }] });
    expect((await world.expectUnchanged(() => admin.rest('POST', v1, input))).status).toBe(400);
    expect(server.received).toEqual([]);
  });
});

describe('when the mail cannot be sent the invite stays and the answer says why', () => {
  const expectKept = async (admin: Client, reason: RegExp) => {
    const { inviteSendByEmail } = await admin.data<Sent>(send, {
      input: { email: 'nobody@bar.com' },
    });
    expect(inviteSendByEmail).toMatchObject({ invite: null, errors: [{ code: 'UNAVAILABLE' }] });
    expect(inviteSendByEmail.errors[0]?.message).toMatch(reason);
    expect(await world.rows('user_invite_tokens')).toMatchObject([{ id: 1, used: false }]);
  };

  it('no mail server is set', async () => {
    const admin = await adminMailing(undefined);
    await expectKept(
      admin,
      /^The invite \(id 1\) was made and stays valid, but was not mailed: Steward has no mail server \(SMTP_URL is not set\)\.$/,
    );
    expect(await admin.rest('POST', v1, { email: 'nobody@bar.com' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('SMTP_URL') as unknown },
    });
  });

  it('the recipient is refused', async () => {
    await expectKept(
      await adminMailing(server.url),
      /the mail server refused it: 550 5\.1\.1 no such mailbox\.$/,
    );
  });

  it('the log-in is refused', async () => {
    const wrong = 'a-wrong-mail-password';
    keepSecret(wrong);
    await expectKept(
      await adminMailing(server.url.replace('//', `//steward:${wrong}@`)),
      /the mail server refused it: 535 5\.7\.8 wrong credentials\.$/,
    );
  });

  it('nobody listens', async () => {
    const { url } = server;
    await server.stop();
    await expectKept(
      await adminMailing(url),
      /the mail server cannot be reached \((ECONNREFUSED|ESOCKET)\)\.$/,
    );
    server = await startMailServer();
  });

  it('the server is dead: it takes the connection and says nothing', async () => {
    const dead: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      dead.listen(0, '127.0.0.1', resolve);
    });
    const { port } = dead.address() as AddressInfo;
    await expectKept(
      await adminMailing(`smtp://127.0.0.1:${String(port)}?greetingTimeout=300`),
      /the mail server did not answer in time\.$/,
    );
    dead.close();
  });
});

describe('a link for a new password by mail', () => {
  const reset =
    'mutation ($input: UserSendPasswordResetLinkInput!) { userSendPasswordResetLink(input: $input) { user { nickname } errors { code path message } } }';

  it('goes to the address of the account', async () => {
    await world.user({ nickname: 'alice', name: 'Alice' });
    const admin = await adminMailing(server.url);
    expect(await admin.data(reset, { input: { user: { nickname: 'alice' } } })).toEqual({
      userSendPasswordResetLink: { user: { nickname: 'alice' }, errors: [] },
    });
    const [row] = await world.rows('password_reset_tokens');
    const link = `https://home.example/api/v1/pleroma/password_reset/${encodeURIComponent(String(row?.['token']))}`;
    const [mail] = server.received;
    expect(mail).toMatchObject({
      to: ['alice@mail.example'],
      headers: { subject: 'Password reset', to: 'Alice <alice@mail.example>' },
    });
    expect(mail?.html).toContain(`<a href="${link}">reset password</a>`);
    expect(mail?.text).toContain(link);
  });

  it('is refused without an address, and stays valid without a mail server', async () => {
    await world.user({ nickname: 'alice', email: null });
    await world.user({ nickname: 'bob' });
    const admin = await adminMailing(undefined);
    expect(
      await world.expectUnchanged(() =>
        admin.data(reset, { input: { user: { nickname: 'alice' } } }),
      ),
    ).toMatchObject({ userSendPasswordResetLink: { errors: [{ code: 'CONFLICT' }] } });
    expect(await admin.data(reset, { input: { user: { nickname: 'bob' } } })).toMatchObject({
      userSendPasswordResetLink: { user: null, errors: [{ code: 'UNAVAILABLE' }] },
    });
    expect(await world.rows('password_reset_tokens')).toHaveLength(1);
  });
});
