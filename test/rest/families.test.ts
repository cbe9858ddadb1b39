import { expect, it } from 'vitest';
import { family } from '../support/engine.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const v1 = '/api/v1/pleroma/admin';

type Shape = Record<string, unknown>;
const words = (text: string): string[] => text.trim().split(/\s+/);
const keysOf = (value: unknown): string[] => Object.keys(value as object).sort();

/** What both families show, and what only one does; as recorded from an Akkoma 3.16 and a Pleroma 2.7. */
const shapes = {
  account: {
    both: `acct avatar avatar_static bot created_at display_name emojis fields followers_count
      following_count fqn header header_static id last_status_at locked note pleroma source
      statuses_count url username`,
    akkoma: 'akkoma',
    pleroma: '',
  },
  accountPleroma: {
    both: `also_known_as ap_id background_image favicon hide_favorites hide_followers
      hide_followers_count hide_follows hide_follows_count is_admin is_confirmed is_moderator
      is_suggested relationship skip_thread_containment tags`,
    akkoma: '',
    pleroma: 'accepts_chat_messages avatar_description header_description privileges',
  },
  admin: {
    both: `actor_type email is_active is_approved is_confirmed is_suggested local nickname
      registration_reason roles tags`,
    akkoma: '',
    pleroma: '',
  },
  status: {
    both: `account application bookmarked card content created_at edited_at emojis favourited
      favourites_count id in_reply_to_account_id in_reply_to_id language media_attachments mentions
      muted pinned pleroma poll reblog reblogged reblogs_count replies_count sensitive spoiler_text
      tags text uri url visibility`,
    akkoma: 'akkoma emoji_reactions quote quote_id',
    pleroma: '',
  },
  statusPleroma: {
    both: `content context conversation_id direct_conversation_id emoji_reactions expires_at
      in_reply_to_account_acct local parent_visible pinned_at spoiler_text thread_muted`,
    akkoma: '',
    pleroma: 'bookmark_folder list_id quote quote_id quote_url quote_visible quotes_count',
  },
  reblog: {
    both: `account application bookmarked content created_at emojis favourited favourites_count id
      in_reply_to_account_id in_reply_to_id language media_attachments mentions muted pinned pleroma
      reblog reblogged reblogs_count replies_count sensitive spoiler_text tags uri url visibility`,
    akkoma: '',
    pleroma: '',
  },
  reblogPleroma: { both: 'local pinned_at', akkoma: '', pleroma: 'bookmark_folder' },
  poll: {
    both: 'emojis expired expires_at id multiple options voters_count votes_count',
    akkoma: '',
    pleroma: 'pleroma',
  },
  own: {
    both: `acct avatar avatar_static bot created_at display_name emojis fields follow_requests_count
      followers_count following_count fqn header header_static id last_status_at locked note pleroma
      source statuses_count url username`,
    akkoma: 'accepts_direct_messages_from akkoma',
    pleroma: '',
  },
  ownPleroma: {
    both: `allow_following_move also_known_as ap_id background_image deactivated email favicon
      hide_favorites hide_followers hide_followers_count hide_follows hide_follows_count is_admin
      is_confirmed is_moderator is_suggested notification_settings relationship settings_store
      skip_thread_containment tags unread_conversation_count unread_notifications_count`,
    akkoma: '',
    pleroma: 'accepts_chat_messages avatar_description birthday header_description privileges',
  },
} as const;

function expected(...names: (keyof typeof shapes)[]): string[] {
  const keys = names.flatMap((name) => [
    ...words(shapes[name].both),
    ...words(shapes[name][family]),
  ]);
  return [...new Set(keys)].filter((key) => key !== '').sort();
}

const get = async (path: string): Promise<Shape> => {
  const { status, body } = await (await world.asAdmin()).rest('GET', path);
  expect(status).toBe(200);
  return body as Shape;
};

const staff = {
  showRole: true,
  isModerator: true,
  avatar: { url: [{ href: 'https://akkoma.local/a.png' }], name: 'A cat' },
};

it('accounts and statuses of every admin route have exactly the keys of their family', async () => {
  const alice = await world.user({ nickname: 'alice', ...staff });
  const ann = await world.user({ nickname: 'ann' });
  const status = await posts.status(alice);
  const report = await posts.report(ann, alice, [status]);
  const [listed] = (await get(`${v1}/statuses`)) as unknown as Shape[];
  const shown = await get(`${v1}/statuses/${status.databaseId}`);
  const reported = await get(`${v1}/reports/${report.databaseId}`);
  const [plain] = reported['statuses'] as Shape[];
  for (const one of [listed, shown, plain]) {
    expect(keysOf(one)).toEqual(expected('status'));
    expect(keysOf(one?.['pleroma'])).toEqual(expected('statusPleroma'));
  }
  for (const merged of [listed?.['account'], shown['account'], reported['account']]) {
    expect(keysOf(merged)).toEqual(expected('account', 'admin'));
    expect(keysOf((merged as Shape)['pleroma'])).toEqual(expected('accountPleroma'));
  }
  expect(keysOf(plain?.['account'])).toEqual(expected('account'));
  expect(keysOf((plain?.['account'] as Shape)['pleroma'])).toEqual(expected('accountPleroma'));
});

it('boosts, polls and the own account have exactly the keys of their family', async () => {
  const [alice, ann] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'ann' }),
  ];
  const option = (name: string) => ({ type: 'Note', name, replies: { totalItems: 1 } });
  const question = { oneOf: [option('Tea'), option('Coffee')], voters: [ann.apId, 'https://x/y'] };
  const status = await posts.status(alice, { object: { type: 'Question', ...question } });
  await posts.act(ann, 'Announce', status.apId);
  const all = (await get(`${v1}/statuses?with_reblogs=true`)) as unknown as Shape[];
  const reblog = all.find((one) => one['reblog'] !== null);
  expect(keysOf(reblog)).toEqual(expected('reblog'));
  expect(keysOf(reblog?.['pleroma'])).toEqual(expected('reblogPleroma'));
  const { poll } = reblog?.['reblog'] as { readonly poll: Shape };
  expect(keysOf(poll)).toEqual(expected('poll'));
  expect({ content: reblog?.['content'], voters: poll['voters_count'] }).toEqual(
    family === 'pleroma' ? { content: 'words', voters: 2 } : { content: '', voters: null },
  );
  const own = await get('/api/v1/accounts/verify_credentials');
  expect(keysOf(own)).toEqual(expected('own'));
  expect(keysOf(own['pleroma'])).toEqual(expected('ownPleroma'));
});

it.runIf(family === 'pleroma')(
  'accounts of a Pleroma show privileges by role and the lists in force, descriptions and chats',
  async () => {
    await world.config(':instance', {
      moderator_privileges: { atoms: ['users_read', 'messages_delete'] },
    });
    const alice = await world.user({ nickname: 'alice', ...staff });
    const bob = await world.user({ nickname: 'bob', actorType: 'Group', showRole: true });
    const hidden = await world.user({ nickname: 'carol', isAdmin: true, showRole: false });
    const far = await world.user({ nickname: 'dan@far.example', ...staff });
    await world.database.pool.query(
      `update users set accepts_chat_messages = true, birthday = '2001-02-03', show_birthday = true where id = $1::uuid`,
      [alice.id],
    );
    const shown = await Promise.all(
      [alice, bob, hidden, far].map(async (author) => {
        const { databaseId } = await posts.status(author);
        return (await get(`${v1}/statuses/${databaseId}`))['account'] as Shape;
      }),
    );
    expect(shown).toMatchObject([
      {
        bot: false,
        pleroma: {
          privileges: ['users_read', 'messages_delete'],
          accepts_chat_messages: true,
          avatar_description: 'A cat',
          header_description: '',
          birthday: '2001-02-03',
          favicon: null,
        },
      },
      { bot: true, pleroma: { privileges: [], accepts_chat_messages: null } },
      {},
      { pleroma: { privileges: [] } },
    ]);
    expect(shown[2]?.['pleroma']).not.toHaveProperty('privileges');
    expect(shown[1]?.['pleroma']).not.toHaveProperty('birthday');
  },
);

it.runIf(family === 'pleroma').each([
  ['infinity', null],
  ['-infinity', null],
  [null, null],
])('an account born at %s is shown with no birthday', async (birthday, shown) => {
  const alice = await world.user({ nickname: 'alice' });
  await world.database.pool.query(
    `update users set birthday = $2, show_birthday = true where id = $1::uuid`,
    [alice.id, birthday],
  );
  const { databaseId } = await posts.status(alice);
  expect(await get(`${v1}/statuses/${databaseId}`)).toMatchObject({
    account: { pleroma: { birthday: shown } },
  });
});

it.runIf(family === 'pleroma')(
  'statuses of a Pleroma show what they quote, and only the id of what not everybody may see',
  async () => {
    const alice = await world.user({ nickname: 'alice' });
    const first = await posts.status(alice);
    const second = await posts.status(alice, {
      object: { quoteUrl: first.apId, quotesCount: 1, inReplyTo: 'https://far.example/objects/1' },
    });
    const third = await posts.status(alice, { object: { quoteUrl: second.apId } });
    const secret = await posts.status(alice, { to: [alice.apId], cc: [] });
    const fourth = await posts.status(alice, { object: { quoteUrl: secret.apId } });
    const lost = await posts.status(alice, { object: { quoteUrl: 'https://far.example/9' } });
    const pleroma = async (id: string) => (await get(`${v1}/statuses/${id}`))['pleroma'];
    expect(await get(`${v1}/statuses/${second.databaseId}`)).toMatchObject({
      in_reply_to_id: null,
      in_reply_to_account_id: null,
    });
    expect(await pleroma(third.databaseId)).toMatchObject({
      quote_id: second.databaseId,
      quote_url: second.apId,
      quote_visible: true,
      quotes_count: 0,
      quote: {
        id: second.databaseId,
        account: { acct: 'alice' },
        pleroma: { quote: null, quote_id: first.databaseId, quotes_count: 1 },
      },
    });
    expect(await pleroma(fourth.databaseId)).toMatchObject({
      quote_id: secret.databaseId,
      quote_visible: false,
      quote: null,
    });
    expect(await pleroma(lost.databaseId)).toMatchObject({
      quote_id: null,
      quote_url: 'https://far.example/9',
      quote_visible: false,
      quote: null,
    });
  },
);

it.runIf(family === 'akkoma')(
  'statuses of an Akkoma show what they quote at the top, and nothing of what not everybody may see',
  async () => {
    const alice = await world.user({ nickname: 'alice' });
    const first = await posts.status(alice);
    const second = await posts.status(alice, { object: { quoteUri: first.apId } });
    const secret = await posts.status(alice, { to: [alice.apId], cc: [] });
    const third = await posts.status(alice, { object: { quoteUri: secret.apId } });
    const shown = await get(`${v1}/statuses/${second.databaseId}`);
    expect(shown).toMatchObject({
      quote_id: first.databaseId,
      quote: { id: first.databaseId, quote: null },
      akkoma: { quote_apid: first.apId },
    });
    expect(keysOf((shown['quote'] as Shape)['account'])).toEqual(expected('account'));
    expect(await get(`${v1}/statuses/${third.databaseId}`)).toMatchObject({
      quote_id: null,
      quote: null,
    });
  },
);
