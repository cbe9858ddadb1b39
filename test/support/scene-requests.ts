import { uuidFromFlake } from '../../src/database/flake.js';
import { schema } from '../../src/schema/index.js';

const mutationType = schema.getMutationType();

/** Ids of what a scene holds, as clients see them. */
export interface Found {
  readonly announcement: string;
  readonly app: string;
  readonly invite: string;
  /** A report with a note, and that note. */
  readonly noted: string;
  readonly note: string;
  /** An open report. */
  readonly open: string;
  /** Of instances that have rules. */
  readonly rule: string;
  readonly status: string;
  readonly user: string;
}

/** Of every mutation of the schema, an input it accepts in a scene; test/rules/scene.test.ts misses none. */
export function mutationInputs(found: Found): Readonly<Record<string, object>> {
  const named = (nickname: string) => ({ nickname });
  const [user, users] = [named('alice'), [named('alice'), named('bob')]];
  const account = {
    password: 'a-long-enough-password',
    email: 'new@mail.example',
    nickname: 'newcomer',
  };
  return {
    announcementCreate: { content: 'Harbour closed' },
    announcementDelete: { announcement: { databaseId: found.announcement } },
    announcementUpdate: { announcement: { databaseId: found.announcement }, content: 'Sooner' },
    configMigrateFromDatabase: {},
    configMigrateToDatabase: {},
    configUpdate: {
      changes: [
        { group: ':pleroma', key: ':ratio', action: { set: { elixir: '2.0' } } },
        { group: ':mime', key: ':other', action: { set: { elixir: '1' } } },
      ],
    },
    emojiReload: {},
    instanceDeactivateUsers: { instance: 'old.example' },
    instanceDelete: { instance: 'old.example' },
    instanceRestart: {},
    inviteCreate: { maxUse: 3 },
    inviteRedeem: { token: found.invite, ...account },
    inviteRevoke: { invite: { token: found.invite } },
    inviteSendByEmail: { email: 'guest@mail.example' },
    mediaProxyCacheDelete: { urls: ['https://old.example/media/1.png'] },
    mediaProxyCachePurge: { urls: ['https://old.example/media/1.png'] },
    oauthAppCreate: { name: 'New', redirectUris: ['https://new.example'] },
    oauthAppDelete: { app: { databaseId: found.app } },
    oauthAppUpdate: { app: { databaseId: found.app }, name: 'Newer' },
    relayFollow: { actor: 'https://relay.example/actor' },
    relayUnfollow: { actor: 'https://old.example/actor' },
    reportNoteCreate: { report: { databaseId: found.open }, content: 'a note' },
    reportNoteDelete: { report: { databaseId: found.noted }, note: { databaseId: found.note } },
    reportRespond: { report: { databaseId: found.open }, text: 'Thank you. @carol has a look.' },
    reportSetState: {
      reports: [
        { report: { databaseId: found.open }, state: 'RESOLVED' },
        { report: { databaseId: found.noted }, state: 'CLOSED' },
      ],
    },
    ruleCreate: { text: 'No advertising', priority: 1 },
    ruleDelete: { rule: { databaseId: found.rule } },
    ruleUpdate: { rule: { databaseId: found.rule }, text: 'Be very kind' },
    statusDelete: { status: { databaseId: found.status } },
    statusUpdate: { status: { databaseId: found.status }, sensitive: true, visibility: 'UNLISTED' },
    userCreatePasswordResetLink: { user },
    userDeleteActivities: { user },
    userFixFollowState: { follower: named('alice'), followed: named('bob') },
    userFollow: { follower: named('bob'), followed: named('carol') },
    userGrantPermission: { user, permission: 'ADMIN' },
    userRequestBackup: { user },
    userResetMfa: { user: named('carol') },
    userRevokePermission: { user: named('bob'), permission: 'MODERATOR' },
    userSendPasswordResetLink: { user },
    userToggleActivation: { user },
    userToggleConfirmed: { user },
    userUnfollow: { follower: named('alice'), followed: named('carol') },
    userUpdateCredentials: { user, password: 'another-long-password', name: 'Alice B.' },
    userUpdateFlags: { user, isLocked: true },
    usersActivate: { users: [named('dave')] },
    usersApprove: { users: [named('frank')] },
    usersConfirmAll: {},
    usersConfirmEmail: { users: [named('grace')] },
    usersCreate: {
      users: [account, { ...account, nickname: 'second', email: 'second@mail.example' }],
    },
    usersDeactivate: { users },
    usersDelete: { users },
    usersForcePasswordReset: { users },
    usersGrantPermission: { users, permission: 'ADMIN' },
    usersResendConfirmationEmail: { users: [named('grace')] },
    usersRevokePermission: { users: [named('bob')], permission: 'MODERATOR' },
    usersSignOut: { users },
    usersSuggest: { users },
    usersTag: { users, tags: ['new', 'tag'] },
    usersUnconfirmAll: {},
    usersUnsubscribe: { users },
    usersUnsuggest: { users: [named('carol')] },
    usersUntag: { users: [named('carol')], tags: ['old'] },
  };
}

/** Of every query of the schema, a document that asks for something a scene holds; fields with an access rule of their own as `Type.field`. */
export function queryDocuments(found: Found): Readonly<Record<string, string>> {
  const node = Buffer.from(`User:${uuidFromFlake(found.user) ?? ''}`).toString('base64');
  return {
    announcement: `{ announcement(by: { databaseId: "${found.announcement}" }) { id } }`,
    announcements: '{ announcements { totalCount } }',
    configEntries: '{ configEntries { totalCount } }',
    configEntry: '{ configEntry(group: ":pleroma", key: ":instance") { key } }',
    'ConfigEntry.needsReboot':
      '{ configEntry(group: ":pleroma", key: ":instance") { needsReboot } }',
    invites: '{ invites { totalCount } }',
    moderationLog: '{ moderationLog { totalCount } }',
    node: `{ node(id: "${node}") { id } }`,
    oauthApps: '{ oauthApps { totalCount } }',
    relays: '{ relays { __typename } }',
    report: `{ report(by: { databaseId: "${found.open}" }) { id } }`,
    reports: '{ reports { totalCount } }',
    rules: '{ rules { totalCount } }',
    statistics: '{ statistics { __typename } }',
    status: `{ status(by: { databaseId: "${found.status}" }) { id } }`,
    statuses: '{ statuses { totalCount } }',
    user: '{ user(by: { nickname: "alice" }) { id } }',
    'User.credentials': '{ user(by: { nickname: "alice" }) { credentials { email } } }',
    users: '{ users { totalCount } }',
    viewer: '{ viewer { account { id } role scopes tokenExpiresAt may } }',
  };
}

/** The mutations that do something on an instance of this family: only Pleroma has rules. */
export function mutationsOf(family: 'akkoma' | 'pleroma'): string[] {
  return Object.keys(mutationType?.getFields() ?? {}).filter(
    (name) => family === 'pleroma' || !name.startsWith('rule'),
  );
}

/** The document that calls a mutation and asks for nothing but its errors. */
export function mutationDocument(name: string): string {
  return `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { errors { code path message } } }`;
}
