import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { decodeTerm } from '../../src/erlang/decode.js';
import { toElixir } from '../../src/erlang/to-elixir.js';
import { assumedCompanion, noCompanion, type Companion } from '../../src/instance/companion.js';
import { createClient } from '../support/client.js';
import { storeSetting } from '../support/config.js';
import { companionJobs } from '../support/companion.js';
import { testLogger } from '../support/log-sink.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

async function admin(companion: Companion = noCompanion) {
  const source = { ...world.source, companion };
  const waysIn = { adminSecret: undefined, basicAuth: false };
  return createClient(
    createApp({ database: source.database, source, waysIn, log: testLogger() }),
    await world.token(world.admin),
  );
}

const usersCreate =
  'mutation ($input: UsersCreateInput!) { usersCreate(input: $input) { errors { message } effect { kind message jobs { worker queue } } } }';
const account = {
  nickname: 'newcomer',
  email: 'new@mail.example',
  password: 'a-long-enough-password',
  name: 'New <b>',
};
const create = async (companion?: Companion) =>
  (await admin(companion)).data<{ usersCreate: object }>(usersCreate, {
    input: { users: [account] },
  });
const message = 'direct_message: [enabled: true, sender_nickname: "mayor", message: "Hello\\nyou"]';
const mail =
  'email: [enabled: true, sender: {"Town hall", "hall@home.example"}, subject: "Hi <%= user.nickname %>", html: "<p><%= user.name %> at <%= instance_name %></p>", text: "<%=user.name%>"]';
const jobs = async () =>
  (await world.rows('oban_jobs')).map(({ worker, queue, args, max_attempts }) => ({
    worker,
    queue,
    args: args as { activity_id?: number; encoded_email?: string },
    max_attempts,
  }));

/** The texts of a mail as the instance's mailer will read it. */
function mailOf(encoded = ''): string {
  return toElixir(decodeTerm(Buffer.from(encoded, 'base64')));
}

describe('a new account', () => {
  it('gets the direct message of :welcome as a status its sender scheduled, in the queue of its family', async () => {
    const mayor = await world.user({ nickname: 'mayor' });
    await storeSetting(world, ':pleroma', ':welcome', `[${message}]`);
    expect(await create()).toMatchObject({
      usersCreate: { errors: [], effect: { kind: 'IMMEDIATE' } },
    });
    const [row, ...rest] = await world.rows('scheduled_activities');
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      user_id: mayor.id,
      params: { status: '@newcomer\nHello\nyou', visibility: 'direct' },
    });
    expect(await jobs()).toContainEqual({
      worker: 'Pleroma.Workers.ScheduledActivityWorker',
      queue: world.family === 'akkoma' ? 'scheduled_activities' : 'federator_outgoing',
      args: { activity_id: row?.['id'] },
      max_attempts: 1,
    });
  });

  it.each([
    [
      'no such account',
      '[direct_message: [enabled: true, sender_nickname: "nobody", message: "Hello"]]',
    ],
    ['no sender', '[direct_message: [enabled: true, sender_nickname: nil, message: "Hello"]]'],
    ['no message', '[direct_message: [enabled: true, sender_nickname: "mayor", message: nil]]'],
    ['it is off', '[direct_message: [enabled: false, sender_nickname: "mayor", message: "Hello"]]'],
    [
      'a remote sender',
      '[direct_message: [enabled: true, sender_nickname: "rob@far.example", message: "Hello"]]',
    ],
    [
      'a deactivated sender',
      '[direct_message: [enabled: true, sender_nickname: "dave", message: "Hello"]]',
    ],
  ])('gets none where there is %s', async (_what, setting) => {
    for (const nickname of ['mayor', 'rob@far.example']) await world.user({ nickname });
    await world.user({ nickname: 'dave', isActive: false });
    await storeSetting(world, ':pleroma', ':welcome', setting);
    expect(await create()).toMatchObject({ usersCreate: { errors: [] } });
    expect(await world.rows('scheduled_activities')).toEqual([]);
  });

  it('gets the welcome mail instead of the registration mail, with names filled in and escaped in HTML', async () => {
    await storeSetting(world, ':pleroma', ':welcome', `[${mail}]`);
    await create();
    const [only, ...rest] = await jobs();
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      worker: 'Pleroma.Workers.MailerWorker',
      queue: world.family === 'akkoma' ? 'mailer' : 'background',
      max_attempts: world.family === 'akkoma' ? 1 : 20,
    });
    const text = mailOf(only?.args.encoded_email);
    expect(text).toContain('subject: "Hi newcomer"');
    expect(text).toContain('text_body: "New <b>"');
    expect(text).toContain(
      `html_body: "<p>New &#60;b&#62; at ${world.family === 'akkoma' ? 'Akkoma' : 'Pleroma'}</p>"`,
    );
    expect(text).toContain('from: {"Town hall", "hall@home.example"}');
    expect(text).toContain('to: [{"New <b>", "new@mail.example"}]');
  });

  it.each([
    'subject: "<%= String.upcase(user.nickname) %>"',
    'html: "<% if true do %>x<% end %>"',
    'text: "<%= user.email %>"',
    'text: "broken <%= user.name"',
    'text: "<%% user.name %>"',
  ])(
    'gets no mail of a template with code without the module, and the answer says so: %s',
    async (template) => {
      await storeSetting(world, ':pleroma', ':welcome', `[email: [enabled: true, ${template}]]`);
      expect(await create()).toMatchObject({
        usersCreate: {
          errors: [],
          effect: {
            kind: 'NEEDS_MODULE',
            message: expect.stringContaining('companion module') as string,
          },
        },
      });
      expect(await jobs()).toEqual([]);
    },
  );

  it('is welcomed whole by the module where it is there', async () => {
    await world.user({ nickname: 'mayor' });
    await storeSetting(
      world,
      ':pleroma',
      ':welcome',
      `[${message}, email: [enabled: true, text: "<%= 1 + 1 %>"]]`,
    );
    expect(await create(assumedCompanion)).toMatchObject({
      usersCreate: { effect: { kind: 'IMMEDIATE' } },
    });
    const [{ id }] = (await world.database.prisma.user.findMany({
      where: { nickname: 'newcomer' },
      select: { id: true },
    })) as [{ id: string }];
    const [job, ...rest] = await companionJobs(world);
    expect(rest).toEqual([]);
    expect(job).toMatchObject({ args: { op: 'welcome' }, max_attempts: 1 });
    expect((job?.['args'] as { user_id: string }).user_id).toHaveLength(18);
    expect(id).toBeDefined();
    expect(await world.rows('scheduled_activities')).toEqual([]);
  });

  it.runIf(world.family !== 'akkoma')('gets the chat message by the module only', async () => {
    await storeSetting(
      world,
      ':pleroma',
      ':welcome',
      '[chat_message: [enabled: true, sender_nickname: "mayor", message: "Hello"]]',
    );
    const kind = world.family === 'akkoma' ? 'IMMEDIATE' : 'NEEDS_MODULE';
    expect(await create()).toMatchObject({ usersCreate: { effect: { kind } } });
  });
});

describe('an account that waited', () => {
  it.each(['approve', 'confirm_email'])('is welcomed once it is let in: %s', async (action) => {
    await world.user({ nickname: 'mayor' });
    await world.user({
      nickname: 'frank',
      isApproved: action !== 'approve',
      isConfirmed: action === 'approve',
    });
    await storeSetting(world, ':pleroma', ':welcome', `[${message}]`);
    const client = await admin();
    for (let round = 0; round < 2; round += 1)
      await client.rest('PATCH', `/api/v1/pleroma/admin/users/${action}`, { nicknames: ['frank'] });
    expect(await world.rows('scheduled_activities')).toMatchObject([
      { params: { status: '@frank\nHello\nyou' } },
    ]);
  });

  it('is not welcomed while it must still confirm', async () => {
    await world.user({ nickname: 'mayor' });
    await world.config(':instance', { account_activation_required: true });
    await storeSetting(world, ':pleroma', ':welcome', `[${message}]`);
    await create();
    expect(await world.rows('scheduled_activities')).toEqual([]);
  });
});
