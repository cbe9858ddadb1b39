import { makePosts } from './posts.js';
import { storeSetting } from './config.js';
import { writeNote } from './cases.js';
import type { World } from './world.js';

/** What every mutation needs to succeed: people in every state, reports, statuses, invites, settings. */
export interface Scene {
  /** Of every mutation of the schema, an input it accepts. */
  readonly inputs: Readonly<Record<string, object>>;
}

/** The file `sceneRules` names. */
export const sceneConfigFile = 'import Config\n\nconfig :pleroma, :ratio, 1.5\nconfig :mime, :types, %{"a/b" => ["c"]}\n';

/** Builds a scene in an empty world. */
export async function makeScene(world: World): Promise<Scene> {
  const posts = makePosts(world);
  const [alice, bob] = [await world.user({ nickname: 'alice' }), await world.user({ nickname: 'bob', isModerator: true })];
  const carol = await world.user({ nickname: 'carol', isSuggested: true, tags: ['old'], multiFactorAuthenticationSettings: { enabled: true, totp: { secret: 'JBSWY3DPEHPK3PXP', confirmed: true } } });
  await world.user({ nickname: 'dave', isActive: false });
  await world.user({ nickname: 'frank', isApproved: false });
  await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'token-of-grace' });
  await world.user({ nickname: 'relay@relay.example', apId: 'https://relay.example/actor' });
  await world.user({ nickname: 'old@old.example', apId: 'https://old.example/actor' });
  await world.token(alice);
  await world.follow(alice, carol);
  await world.follow(carol, alice);
  await world.config(':instance', { registrations_open: false, invites_enabled: true, account_activation_required: true, name: 'Town' });
  await storeSetting(world, ':pleroma', ':ratio', '1.0');
  const status = await posts.status(alice, { hashtags: ['harbour'] });
  await posts.act(bob, 'Like', status.apId);
  const [open, noted] = [await posts.report(bob, alice, [status]), await posts.report(carol, alice)];
  const noteId = await writeNote(world, bob, noted, 'seen');
  const { rows: [invite] } = await world.database.pool.query<{ token: string }>(
    `insert into user_invite_tokens (token, used, uses, max_use, invite_type, inserted_at, updated_at) values ('invite', false, 0, 3, 'reusable', now(), now()) returning token`,
  );
  const { rows: [app] } = await world.database.pool.query<{ id: string }>(
    `insert into apps (client_name, redirect_uris, scopes, client_id, client_secret, trusted, inserted_at, updated_at) values ('Old', 'https://old.example', '{read}', 'client-of-old', 'secret-of-old', false, now(), now()) returning id::text`,
  );
  const { announcementCreate: { announcement } } = await (await world.asAdmin()).data<{ announcementCreate: { announcement: { databaseId: string } } }>(
    'mutation { announcementCreate(input: { content: "Soon" }) { announcement { databaseId } } }',
  );
  await (await world.asAdmin()).rest('POST', '/api/v1/pleroma/admin/relay', { relay_url: 'https://old.example/actor' });
  const named = (nickname: string) => ({ nickname });
  const [user, users] = [named('alice'), [named('alice'), named('bob')]];
  const account = { password: 'a-long-enough-password', email: 'new@mail.example', nickname: 'newcomer' };
  return {
    inputs: {
      announcementCreate: { content: 'Harbour closed' },
      announcementDelete: { announcement: { databaseId: announcement.databaseId } },
      announcementUpdate: { announcement: { databaseId: announcement.databaseId }, content: 'Sooner' },
      configMigrateFromDatabase: {},
      configMigrateToDatabase: {},
      configUpdate: { changes: [{ group: ':pleroma', key: ':ratio', action: { set: { elixir: '2.0' } } }, { group: ':mime', key: ':other', action: { set: { elixir: '1' } } }] },
      inviteCreate: { maxUse: 3 },
      inviteRedeem: { token: invite?.token, ...account },
      inviteRevoke: { invite: { token: invite?.token } },
      inviteSendByEmail: { email: 'guest@mail.example' },
      oauthAppCreate: { name: 'New', redirectUris: ['https://new.example'] },
      oauthAppDelete: { app: { databaseId: app?.id } },
      oauthAppUpdate: { app: { databaseId: app?.id }, name: 'Newer' },
      relayFollow: { actor: 'https://relay.example/actor' },
      relayUnfollow: { actor: 'https://old.example/actor' },
      reportNoteCreate: { report: { databaseId: open.databaseId }, content: 'a note' },
      reportNoteDelete: { report: { databaseId: noted.databaseId }, note: { databaseId: String(noteId) } },
      reportRespond: { report: { databaseId: open.databaseId }, text: 'Thank you. @carol has a look.' },
      reportSetState: { reports: [{ report: { databaseId: open.databaseId }, state: 'RESOLVED' }, { report: { databaseId: noted.databaseId }, state: 'CLOSED' }] },
      statusDelete: { status: { databaseId: status.databaseId } },
      statusUpdate: { status: { databaseId: status.databaseId }, sensitive: true, visibility: 'UNLISTED' },
      userCreatePasswordResetLink: { user },
      userFollow: { follower: named('bob'), followed: named('carol') },
      userGrantPermission: { user, permission: 'ADMIN' },
      userRequestBackup: { user },
      userResetMfa: { user: named('carol') },
      userRevokePermission: { user: named('bob'), permission: 'MODERATOR' },
      userSendPasswordResetLink: { user },
      userToggleActivation: { user },
      userUnfollow: { follower: named('alice'), followed: named('carol') },
      userUpdateCredentials: { user, password: 'another-long-password', name: 'Alice B.' },
      usersActivate: { users: [named('dave')] },
      usersApprove: { users: [named('frank')] },
      usersConfirmEmail: { users: [named('grace')] },
      usersCreate: { users: [account, { ...account, nickname: 'second', email: 'second@mail.example' }] },
      usersDeactivate: { users },
      usersDelete: { users },
      usersForcePasswordReset: { users },
      usersGrantPermission: { users, permission: 'ADMIN' },
      usersResendConfirmationEmail: { users: [named('grace')] },
      usersRevokePermission: { users: [named('bob')], permission: 'MODERATOR' },
      usersSuggest: { users },
      usersTag: { users, tags: ['new', 'tag'] },
      usersUnsuggest: { users: [named('carol')] },
      usersUntag: { users: [named('carol')], tags: ['old'] },
    },
  };
}

/** The document that calls a mutation and asks for nothing but its errors. */
export function mutationDocument(name: string): string {
  return `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { errors { code path message } } }`;
}
