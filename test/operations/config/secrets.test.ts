import { expect, it } from 'vitest';
import { configAdmin, storedSettings, storeSetting } from '../../support/config.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const legacy = '/api/pleroma/admin/config';

/** Each with the secrets that must never be shown (docs/security-checklist.md#s14). */
const settings: readonly (readonly [group: string, key: string, elixir: string, masked: string])[] =
  [
    [':pleroma', ':admin_token', '"s3cret-admin"', '"********"'],
    [
      ':pleroma',
      'Pleroma.Emails.Mailer',
      '[adapter: Swoosh.Adapters.SMTP, username: "u", password: "s3cret-mail", auth: :always]',
      '[adapter: Swoosh.Adapters.SMTP, username: "u", password: "********", auth: :always]',
    ],
    [
      ':web_push_encryption',
      ':vapid_details',
      '[subject: "mailto:a@b.example", public_key: "public", private_key: "s3cret-vapid"]',
      '[subject: "mailto:a@b.example", public_key: "public", private_key: "********"]',
    ],
    [
      ':ex_aws',
      ':s3',
      '[access_key_id: "s3cret-id", secret_access_key: "s3cret-s3", region: "eu"]',
      '[access_key_id: "********", secret_access_key: "********", region: "eu"]',
    ],
    [
      ':pleroma',
      ':ldap',
      '[enabled: true, host: "h", password: ~c"s3cret-ldap"]',
      '[enabled: true, host: "h", password: "********"]',
    ],
    [':joken', ':default_signer', '"s3cret-joken"', '"********"'],
    [
      ':pleroma',
      'Pleroma.Search.Meilisearch',
      '[url: "http://127.0.0.1", private_key: "s3cret-search"]',
      '[url: "http://127.0.0.1", private_key: "********"]',
    ],
    [
      ':ueberauth',
      'Ueberauth.Strategy.Twitter.OAuth',
      '[consumer_key: "c", consumer_secret: "s3cret-oauth", deep: %{"client_secret" => "s3cret-deep"}]',
      '[consumer_key: "c", consumer_secret: "********", deep: %{"client_secret" => "********"}]',
    ],
    [':quack', ':webhook_url', '"https://hooks.example/s3cret"', '"********"'],
    [
      ':pleroma',
      ':oauth2',
      '[clean_expired_tokens: false, token_expires_in: 60, token: {:system, "NAME"}, secret: ""]',
      '[clean_expired_tokens: false, token_expires_in: 60, token: {:system, "NAME"}, secret: ""]',
    ],
  ];

async function storeAll(): Promise<void> {
  for (const [group, key, elixir] of settings) await storeSetting(world, group, key, elixir);
}

it('S14 secrets are masked on every door, and shown to an admin who asks', async () => {
  await storeAll();
  const admin = await configAdmin(world);
  const document = (reveal: boolean): string =>
    `{ configEntries(first: 100) { totalCount nodes { group key value(reveal: ${String(reveal)}) elixir(reveal: ${String(reveal)}) } } }`;
  const { data } = await admin.graphql(document(false));
  expect(JSON.stringify(data)).not.toContain('s3cret');
  const { nodes } = data?.['configEntries'] as { nodes: { elixir: string }[] };
  expect(nodes.map(({ elixir }) => elixir).reverse()).toEqual(
    settings.map(([, , , masked]) => masked),
  );
  for (const path of [v1, legacy]) {
    expect(JSON.stringify((await admin.rest('GET', path)).body)).not.toContain('s3cret');
    expect(JSON.stringify((await admin.rest('GET', `${path}?reveal=true`)).body)).toContain(
      's3cret-mail',
    );
  }
  const revealed = (await admin.graphql(document(true))).data?.['configEntries'] as {
    nodes: { elixir: string }[];
  };
  expect(revealed.nodes.map(({ elixir }) => elixir).reverse()).toEqual(
    settings.map(([, , elixir]) => elixir),
  );
});

it('S14 saving what was shown keeps every secret, by either door', async () => {
  await storeAll();
  const admin = await configAdmin(world);
  const before = await storedSettings(world);
  for (const path of [v1, legacy]) {
    const { body } = await admin.json('GET', path);
    expect((await world.expectUnchanged(() => admin.json('POST', path, body))).status).toBe(200);
  }
  for (const [group, key, , masked] of settings) {
    const input = { changes: [{ group, key, action: { set: { elixir: masked } } }] };
    await world.expectUnchanged(() =>
      admin.data(
        'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { errors { message } } }',
        { input },
      ),
    );
  }
  expect(await storedSettings(world)).toEqual(before);
});

it('a mask beside a changed value keeps the secret; a new secret is stored and not shown', async () => {
  await storeSetting(
    world,
    ':pleroma',
    'Pleroma.Emails.Mailer',
    '[password: "s3cret", relay: "old"]',
  );
  const admin = await configAdmin(world);
  const post = (value: unknown) =>
    admin.rest('POST', legacy, {
      configs: [{ group: 'pleroma', key: 'Pleroma.Emails.Mailer', value }],
    });
  await post([{ tuple: [':relay', 'new'] }, { tuple: [':password', '********'] }]);
  expect(await storedSettings(world)).toEqual({
    ':pleroma Pleroma.Emails.Mailer': '[relay: "new", password: "s3cret"]',
  });
  expect((await post([{ tuple: [':password', 'changed'] }])).body).toMatchObject({
    configs: [{ value: [{ tuple: [':password', '********'] }] }],
  });
  expect(await storedSettings(world)).toEqual({
    ':pleroma Pleroma.Emails.Mailer': '[password: "changed"]',
  });
});

it('a mask where nothing is stored is refused: it would become the password', async () => {
  const admin = await configAdmin(world);
  const { status, body } = await world.expectUnchanged(() =>
    admin.rest('POST', v1, {
      configs: [
        {
          group: ':pleroma',
          key: 'Pleroma.Emails.Mailer',
          value: [{ tuple: [':password', '********'] }],
        },
      ],
    }),
  );
  expect({ status, body }).toEqual({
    status: 400,
    body: {
      error:
        ':pleroma Pleroma.Emails.Mailer: ******** stands for a stored secret, and none is stored there.',
    },
  });
});

it('differences do not tell secrets', async () => {
  await storeSetting(world, ':pleroma', 'Pleroma.Emails.Mailer', '[password: "s3cret-old"]');
  const admin = await configAdmin(world);
  const input = {
    changes: [
      {
        group: ':pleroma',
        key: 'Pleroma.Emails.Mailer',
        action: { set: { elixir: '[password: "s3cret-new"]' } },
      },
    ],
    dryRun: true,
  };
  const { configUpdate } = await admin.data<{ configUpdate: unknown }>(
    'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { differences { kind beforeElixir afterElixir before after } } }',
    { input },
  );
  const shown = [{ tuple: [':password', '********'] }];
  expect(configUpdate).toEqual({
    differences: [
      {
        kind: 'CHANGED',
        beforeElixir: '[password: "********"]',
        afterElixir: '[password: "********"]',
        before: shown,
        after: shown,
      },
    ],
  });
});
