import { writeNote, writeRule } from './cases.js';
import { storeSetting } from './config.js';
import type { Plain } from './maker.js';
import { makePosts } from './posts.js';
import { mutationInputs, queryDocuments } from './scene-requests.js';
import { baseUrl, type World } from './world.js';

/** What every mutation needs to succeed: people in every state, reports, statuses, invites, settings. */
export interface Scene {
  /** Of every mutation of the schema, an input it accepts. */
  readonly inputs: Readonly<Record<string, object>>;
  /** Of every query of the schema, a document that asks for something there is. */
  readonly queries: Readonly<Record<string, string>>;
}

/** The file `sceneRules` names. */
export const sceneConfigFile =
  'import Config\n\nconfig :pleroma, :ratio, 1.5\nconfig :mime, :types, %{"a/b" => ["c"]}\n';

/** Builds a scene in an empty world, whose instance has these settings too. */
export async function makeScene(
  world: World,
  settings: Readonly<Record<string, Plain>> = {},
): Promise<Scene> {
  const posts = makePosts(world);
  const [alice, bob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'bob', isModerator: true }),
  ];
  const carol = await world.user({
    nickname: 'carol',
    isSuggested: true,
    tags: ['old'],
    multiFactorAuthenticationSettings: {
      enabled: true,
      totp: { secret: 'JBSWY3DPEHPK3PXP', confirmed: true },
    },
  });
  await world.user({ nickname: 'dave', isActive: false });
  await world.user({ nickname: 'frank', isApproved: false });
  await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'token-of-grace' });
  await world.user({
    nickname: 'relay',
    apId: `${baseUrl}/relay`,
    invisible: true,
    actorType: 'Application',
  }); // there already: making its keys takes longer than all the rest
  await world.user({ nickname: 'relay@relay.example', apId: 'https://relay.example/actor' });
  await world.user({ nickname: 'old@old.example', apId: 'https://old.example/actor' });
  await world.user({
    nickname: 'internal.fetch',
    apId: `${baseUrl}/internal/fetch`,
    invisible: true,
    actorType: 'Application',
  }); // by which the instance refreshes its cache
  await world.token(alice);
  await world.follow(alice, carol);
  await world.follow(carol, alice);
  await world.config(':instance', {
    registrations_open: false,
    invites_enabled: true,
    account_activation_required: true,
    name: 'Town',
    ...settings,
  });
  await storeSetting(world, ':pleroma', ':ratio', '1.0');
  const status = await posts.status(alice, { hashtags: ['harbour'] });
  await posts.act(bob, 'Like', status.apId);
  await posts.act(alice, 'Follow', bob.apId, { state: 'accept' });
  const [open, noted] = [
    await posts.report(bob, alice, [status]),
    await posts.report(carol, alice),
  ];
  const noteId = await writeNote(world, bob, noted, 'seen');
  const {
    rows: [invite],
  } = await world.database.pool.query<{ token: string }>(
    `insert into user_invite_tokens (token, used, uses, max_use, invite_type, inserted_at, updated_at) values ('invite', false, 0, 3, 'reusable', timezone('UTC', now()), timezone('UTC', now())) returning token`,
  );
  const {
    rows: [app],
  } = await world.database.pool.query<{ id: string }>(
    `insert into apps (client_name, redirect_uris, scopes, client_id, client_secret, trusted, inserted_at, updated_at) values ('Old', 'https://old.example', '{read}', 'client-of-old', 'secret-of-old', false, timezone('UTC', now()), timezone('UTC', now())) returning id::text`,
  );
  const {
    announcementCreate: { announcement },
  } = await (
    await world.asAdmin()
  ).data<{ announcementCreate: { announcement: { databaseId: string } } }>(
    'mutation { announcementCreate(input: { content: "Soon" }) { announcement { databaseId } } }',
  );
  await (
    await world.asAdmin()
  ).rest('POST', '/api/v1/pleroma/admin/relay', { relay_url: 'https://old.example/actor' });
  const found = {
    announcement: announcement.databaseId,
    app: app?.id ?? '',
    invite: invite?.token ?? '',
    note: String(noteId),
    noted: noted.databaseId,
    open: open.databaseId,
    rule: await writeRule(world),
    status: status.databaseId,
    user: alice.databaseId,
  };
  return { inputs: mutationInputs(found), queries: queryDocuments(found) };
}
