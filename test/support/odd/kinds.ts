import { getNamedType, isCompositeType, isObjectType, type GraphQLObjectType } from 'graphql';
import { newFlake, flakeFromUuid } from '../../../src/database/flake.js';
import type { JsonObject } from '../../../src/database/json.js';
import { schema } from '../../../src/schema/index.js';
import { mutationDocument } from '../scene-requests.js';
import { everybody } from '../posts.js';
import { baseUrl } from '../world.js';
import type { TableRow } from './rows.js';

/** One question to Steward, through one door. */
export type Question = Asked & { /** Shows the mark but not the id. */ readonly marks?: 'text' };
type Asked =
  | { readonly document: string; readonly variables?: Record<string, unknown> }
  | { readonly method: string; readonly path: string; readonly body?: JsonObject };

/** A row of each table it takes to make one thing of a kind, in the order they are inserted. */
export type Parts = Readonly<Record<string, TableRow>>;

/** A kind of thing that lists show: what it looks like, and every door that shows or changes one. */
export interface Kind {
  readonly name: string;
  /** Tables whose columns may be odd; others only stand beside them. */
  readonly odd: readonly string[];
  /** Another of the kind, with ids of its own. @param mark a text every list shows of it. */
  readonly make: (number: number, mark: string) => { readonly parts: Parts; readonly id: string };
  /** Every list that has things of the kind. */
  readonly lists: readonly Question[];
  readonly shows: (id: string) => readonly Question[];
  readonly changes: (id: string) => readonly Question[];
}

const rest = (method: string, path: string, body?: JsonObject): Question => ({
  method,
  path,
  ...(body ? { body } : {}),
});
const both = (path: string): Question[] =>
  ['/api/pleroma/admin', '/api/v1/pleroma/admin'].map((prefix) => rest('GET', prefix + path));
const mutate = (name: string, input: object): Question => ({
  document: mutationDocument(name),
  variables: { input },
});

/** Every field of a type that is no object, and of its objects the ids. */
function leaves(name: string, except: readonly string[] = []): string {
  const type = schema.getType(name) as GraphQLObjectType;
  return Object.values(type.getFields())
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (
        except.includes(field.name) ||
        field.args.some(
          ({ defaultValue, type: argument }) =>
            defaultValue === undefined && String(argument).endsWith('!'),
        )
      )
        return [];
      if (!isCompositeType(named)) return [field.name];
      if (!isObjectType(named) || field.args.some((argument) => argument.name === 'first'))
        return [];
      const parts = Object.values(named.getFields())
        .filter((part) => !isCompositeType(getNamedType(part.type)))
        .map((part) => part.name);
      return [`${field.name} { ${parts.join(' ')} }`];
    })
    .join(' ');
}

const statusFields = leaves('Status');
const userFields = leaves('User', ['reportsAbout', 'credentials']);
const list = (field: string, fields: string, args = ''): Question => ({
  document: `{ ${field}(first: 50${args}) { nodes { ${fields} } } }`,
});
const one = (field: string, fields: string, id: string): Question => ({
  document: `query ($id: ID!) { ${field}(by: { databaseId: $id }) { ${fields} } }`,
  variables: { id },
});
const node = (type: string, fields: string, id: string): Question => ({
  document: `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`,
  variables: { id: Buffer.from(`${type}:${id}`).toString('base64') },
});

const time = '2026-01-02T03:04:05';
const published = '2026-01-02T03:04:05.000000Z';
const stamps = { inserted_at: time, updated_at: time };

/** The things of the world that the rows speak of. */
export interface Surroundings {
  readonly author: {
    readonly id: string;
    readonly databaseId: string;
    readonly nickname: string;
    readonly apId: string;
  };
  readonly other: {
    readonly id: string;
    readonly databaseId: string;
    readonly nickname: string;
    readonly apId: string;
  };
  /** uuid and flake of a report. */
  readonly report: { readonly id: string; readonly databaseId: string };
  readonly statusApId: string;
  /** A whole row of `users`. */
  readonly user: TableRow;
}

function statusParts(
  { author, other, statusApId }: Surroundings,
  number: number,
  mark: string,
  actor: string,
): { parts: Parts; id: string } {
  const id = newFlake();
  const apId = `${baseUrl}/objects/${String(number)}-${mark}`;
  const object = {
    id: apId,
    type: 'Note',
    actor,
    attributedTo: actor,
    to: [everybody, other.apId],
    cc: [`${actor}/followers`],
    context: `${baseUrl}/contexts/1`,
    content: `<p>${mark} <a href="https://page.example/a">a</a></p>`,
    name: 'A title',
    summary: 'cw',
    sensitive: false,
    source: { content: mark, mediaType: 'text/plain' },
    contentMap: { en: 'words' },
    published,
    updated: published,
    url: 'https://page.example/1',
    external_url: 'https://page.example/2',
    inReplyTo: statusApId,
    quoteUri: statusApId,
    tag: [
      'harbour',
      { type: 'Mention', href: other.apId, name: '@other' },
      { type: 'Hashtag', href: 'https://x.example/tags/a', name: '#a' },
    ],
    attachment: [
      {
        type: 'Document',
        id: `${baseUrl}/media/1`,
        name: 'a picture',
        blurhash: 'abc',
        mediaType: 'image/png',
        url: [
          {
            type: 'Link',
            href: `${baseUrl}/media/1.png`,
            mediaType: 'image/png',
            width: 100,
            height: 50,
          },
        ],
      },
    ],
    emoji: { blob: 'https://x.example/blob.png' },
    like_count: 1,
    likes: [other.apId],
    announcement_count: 1,
    announcements: [other.apId],
    repliesCount: 1,
    quotesCount: 1,
    reactions: [
      ['👍', [other.apId], null],
      ['blob', [other.apId], 'https://x.example/blob.png'],
    ],
    oneOf: [
      { type: 'Note', name: 'yes', replies: { type: 'Collection', totalItems: 2 } },
      { type: 'Note', name: 'no', replies: { totalItems: 0 } },
    ],
    anyOf: [{ type: 'Note', name: 'a', replies: { totalItems: 3 } }],
    closed: published,
    endTime: published,
    voters: [other.apId],
    generator: { type: 'Application', name: 'App', url: 'https://app.example' },
    directMessage: false,
    listMessage: null,
  };
  const activity = {
    id: `${baseUrl}/activities/${String(number)}-${mark}`,
    type: 'Create',
    actor,
    object: apId,
    to: [everybody, other.apId],
    cc: [`${actor}/followers`],
    context: `${baseUrl}/contexts/1`,
    published,
    directMessage: false,
  };
  const local = actor.startsWith(baseUrl);
  return {
    id: flakeFromUuid(id),
    parts: {
      objects: { id: 1_000_000 + number, data: object, ...stamps },
      activities: {
        id,
        data: activity,
        local,
        actor: author.apId === actor ? author.apId : actor,
        recipients: [everybody, other.apId],
        ...stamps,
      },
    },
  };
}

/** Every kind of row that a list shows. */
export function kindsOf(around: Surroundings): readonly Kind[] {
  const { author, other, report, statusApId, user } = around;
  const uuids = new Map<string, string>();
  const known = (id: string): string => {
    const flake = flakeFromUuid(id);
    uuids.set(flake, id);
    return flake;
  };
  const uuidOf = (flake: string): string => uuids.get(flake) ?? '';
  const statusLists = [
    list('statuses', statusFields, ', filter: { withReblogs: true, includePrivate: true }'),
    ...both('/statuses?page_size=100&with_reblogs=true&godmode=true'),
    ...both(`/users/${author.databaseId}/statuses?page_size=100&with_reblogs=true&godmode=true`),
  ];
  return [
    {
      name: 'status',
      odd: ['objects', 'activities'],
      make: (number, mark) => statusParts(around, number, mark, author.apId),
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: (id) => [
        mutate('statusUpdate', {
          status: { databaseId: id },
          sensitive: true,
          visibility: 'UNLISTED',
        }),
        mutate('statusDelete', { status: { databaseId: id } }),
        rest('PUT', `/api/v1/pleroma/admin/statuses/${id}`, {
          visibility: 'private',
          sensitive: 'false',
        }),
        rest('DELETE', `/api/pleroma/admin/statuses/${id}`),
        mutate('userDeleteActivities', { user: { databaseId: author.databaseId } }),
      ],
    },
    {
      name: 'status of an older form',
      odd: ['objects'],
      make: (number, mark) => {
        const { id, parts } = statusParts(around, number, mark, author.apId);
        const older = {
          id: `${baseUrl}/objects/old-${String(number)}-${mark}`,
          type: 'Page',
          actor: author.apId,
          to: [everybody],
          cc: [],
          content: null,
          name: mark,
          published,
          source: 'typed',
          url: [{ type: 'Link', mediaType: 'text/html', href: 'https://page.example/1' }],
          tag: [],
          attachment: [
            { type: 'Link', href: 'https://page.example/2' },
            { type: 'Document', mediaType: 'image/png', url: 'https://page.example/3.png' },
          ],
          reactions: { '👍': [other.apId] },
          oneOf: [{ type: 'Note', name: 'yes', replies: { type: 'Collection', totalItems: 2 } }],
          endTime: published,
        };
        return {
          id,
          parts: {
            objects: { ...parts['objects'], data: older },
            activities: {
              ...parts['activities'],
              data: {
                type: 'Create',
                actor: author.apId,
                object: older.id,
                id: `${baseUrl}/activities/old-${String(number)}`,
              },
            },
          },
        };
      },
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: (id) => [
        mutate('statusUpdate', {
          status: { databaseId: id },
          sensitive: true,
          visibility: 'PRIVATE',
        }),
        mutate('statusDelete', { status: { databaseId: id } }),
      ],
    },
    {
      name: 'boost',
      odd: ['activities'],
      make: (number, mark) => {
        const id = newFlake();
        const data = {
          id: `${baseUrl}/activities/boost-${String(number)}-${mark}`,
          type: 'Announce',
          actor: author.apId,
          object: statusApId,
          to: [everybody, other.apId],
          cc: [author.apId],
          context: `${baseUrl}/contexts/1`,
          published,
        };
        return {
          id: known(id),
          parts: {
            activities: {
              id,
              data,
              local: true,
              actor: author.apId,
              recipients: [everybody, other.apId],
              ...stamps,
            },
          },
        };
      },
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: (id) => [
        mutate('statusDelete', { status: { databaseId: id } }),
        mutate('userDeleteActivities', { user: { databaseId: author.databaseId } }),
      ],
    },
    {
      name: 'report',
      odd: ['activities'],
      make: (number, mark) => {
        const id = newFlake();
        const snapshot = {
          type: 'Note',
          id: statusApId,
          content: 'words',
          published,
          deleted: false,
          actor: { nickname: author.nickname },
        };
        const data = {
          id: `${baseUrl}/activities/flag-${String(number)}`,
          type: 'Flag',
          actor: other.apId,
          object: [author.apId, snapshot, statusApId],
          content: mark,
          context: `${baseUrl}/contexts/2`,
          state: 'open',
          to: [],
          cc: [author.apId],
          published,
        };
        return {
          id: known(id),
          parts: {
            activities: { id, data, local: true, actor: other.apId, recipients: [], ...stamps },
          },
        };
      },
      lists: [
        list(
          'reports',
          `${leaves('Report', ['logEntries', 'earlierReports'])} statuses { apId status { id content } }`,
        ),
        ...both('/reports?limit=100&page_size=100'),
        list('reports', 'databaseId logEntries { id } earlierReports { id accountApId }'),
        {
          document: `{ user(by: { databaseId: "${author.databaseId}" }) { reportsAbout { databaseId state content createdAt account { id } actor { id } statuses { apId snapshotContent snapshotCreatedAt wasDeleted } } } }`,
        },
      ],
      shows: (id) => [one('report', leaves('Report'), id), ...both(`/reports/${id}`)],
      changes: (id) => [
        mutate('reportSetState', { reports: [{ report: { databaseId: id }, state: 'RESOLVED' }] }),
        mutate('reportNoteCreate', { report: { databaseId: id }, content: 'a note' }),
        mutate('reportRespond', { report: { databaseId: id }, text: 'Thank you.' }),
        rest('PATCH', '/api/v1/pleroma/admin/reports', { reports: [{ id, state: 'closed' }] }),
        rest('POST', `/api/v1/pleroma/admin/reports/${id}/notes`, { content: 'another' }),
        rest('POST', `/api/pleroma/admin/reports/${id}/respond`, { status: 'Thanks.' }),
        rest('PUT', `/api/pleroma/admin/reports/${id}`, { state: 'open' }),
      ],
    },
    {
      name: 'user',
      odd: ['users'],
      make: (number, mark) => {
        const id = newFlake();
        const nickname = `${mark}${String(number)}`;
        const apId = `${baseUrl}/users/${nickname}`;
        const own = {
          id,
          nickname,
          name: mark,
          email: `${nickname}@mail.example`,
          ap_id: apId,
          follower_address: `${apId}/followers`,
          following_address: `${apId}/following`,
        };
        const image = (name: string) => ({
          type: 'Image',
          url: [{ type: 'Link', href: `https://x.example/${name}.png`, mediaType: 'image/png' }],
          name,
        });
        const documents = {
          avatar: image('avatar'),
          banner: image('banner'),
          background: image('background'),
          emoji: { blob: 'https://x.example/blob.png' },
          fields: [{ name: 'page', value: 'https://x.example' }],
          raw_fields: [{ name: 'page', value: 'x' }],
          pinned_objects: { [statusApId]: published },
          pleroma_settings_store: { fe: { a: 1 } },
          notification_settings: { block_from_strangers: false, hide_notification_contents: false },
          multi_factor_authentication_settings: {
            enabled: false,
            totp: { secret: null, confirmed: false },
            backup_codes: [],
          },
          tags: ['a', 'b'],
          also_known_as: ['https://x.example/u'],
          last_status_at: time,
          last_active_at: time,
          uri: 'https://x.example/@u',
          registration_reason: 'because',
          raw_bio: 'bio',
          bio: 'bio',
        };
        return {
          id: known(id),
          parts: {
            users: { ...user, ...own, ...documents, ...stamps },
            ...statusParts(around, 500_000 + number, mark, apId).parts,
          },
        };
      },
      lists: [
        list('users', userFields),
        list(
          'users',
          'databaseId reportsAbout { id } statuses(first: 1) { nodes { id } } credentials { email }',
        ),
        ...both('/users?page_size=100'),
        ...statusLists.slice(0, 3).map((question): Question => ({ ...question, marks: 'text' })),
      ],
      shows: (id) => [
        one('user', leaves('User'), id),
        ...both(`/users/${id}`),
        ...both(`/users/${id}/credentials`),
        ...both(`/users/${id}/statuses`),
        node('User', userFields, uuidOf(id)),
      ],
      changes: (id) => {
        const [target, users] = [{ databaseId: id }, [{ databaseId: id }]];
        return [
          ...[
            'usersActivate',
            'usersApprove',
            'usersConfirmEmail',
            'usersDeactivate',
            'usersForcePasswordReset',
            'usersSignOut',
            'usersSuggest',
            'usersUnsuggest',
            'usersResendConfirmationEmail',
          ].map((name) => mutate(name, { users })),
          mutate('usersTag', { users, tags: ['new'] }),
          mutate('usersUntag', { users, tags: ['a'] }),
          mutate('userUpdateCredentials', { user: target, bio: 'other', name: 'Other' }),
          mutate('userUpdateFlags', { user: target, isLocked: true }),
          mutate('userFollow', { follower: target, followed: { databaseId: other.databaseId } }),
          mutate('userFixFollowState', {
            follower: target,
            followed: { databaseId: other.databaseId },
          }),
          mutate('userResetMfa', { user: target }),
          mutate('userRequestBackup', { user: target }),
          mutate('userCreatePasswordResetLink', { user: target }),
          mutate('userGrantPermission', { user: target, permission: 'MODERATOR' }),
          mutate('userToggleActivation', { user: target }),
          mutate('usersUnsubscribe', { users }),
          mutate('userDeleteActivities', { user: target }),
          mutate('usersDelete', { users }),
          mutate('userToggleConfirmed', { user: target }),
          mutate('userSendPasswordResetLink', { user: target }),
          rest('PATCH', `/api/v1/pleroma/admin/users/${id}/credentials`, { bio: 'words' }),
        ];
      },
    },
    {
      name: 'announcement',
      odd: ['announcements'],
      make: (_number, mark) => {
        const id = newFlake();
        return {
          id: known(id),
          parts: {
            announcements: {
              id,
              data: { content: mark, all_day: false },
              rendered: { content: mark },
              starts_at: time,
              ends_at: '2030-01-01T00:00:00',
              ...stamps,
            },
          },
        };
      },
      lists: [list('announcements', leaves('Announcement')), ...both('/announcements?limit=100')],
      shows: (id) => [
        one('announcement', leaves('Announcement'), id),
        ...both(`/announcements/${id}`),
      ],
      changes: (id) => [
        mutate('announcementUpdate', { announcement: { databaseId: id }, content: 'other' }),
        mutate('announcementUpdate', { announcement: { databaseId: id }, allDay: true }),
        rest('PATCH', `/api/v1/pleroma/admin/announcements/${id}`, { all_day: true }),
        mutate('announcementDelete', { announcement: { databaseId: id } }),
      ],
    },
    {
      name: 'invite',
      odd: ['user_invite_tokens'],
      make: (number, mark) => {
        const id = 1_000_000 + number;
        return {
          id: String(id),
          parts: {
            user_invite_tokens: {
              id,
              token: `${mark}-${String(number)}`,
              used: false,
              expires_at: '2030-01-01',
              uses: 1,
              max_use: 5,
              invite_type: 'reusable_date_limited',
              ...stamps,
            },
          },
        };
      },
      lists: [list('invites', leaves('Invite')), ...both('/users/invites')],
      shows: (id) => [node('Invite', leaves('Invite'), id)],
      changes: (id) => [mutate('inviteRevoke', { invite: { databaseId: id } })],
    },
    {
      name: 'app',
      odd: ['apps'],
      make: (number, mark) => {
        const id = 1_000_000 + number;
        return {
          id: String(id),
          parts: {
            apps: {
              id,
              client_name: mark,
              redirect_uris: 'https://x.example\nurn:ietf:wg:oauth:2.0:oob',
              scopes: ['read', 'write'],
              website: 'https://x.example',
              client_id: `client-${String(number)}`,
              client_secret: 'the-secret-of-an-app',
              trusted: false,
              user_id: null,
              ...stamps,
            },
          },
        };
      },
      lists: [list('oauthApps', leaves('OAuthApp')), ...both('/oauth_app?page_size=100')],
      shows: (id) => [node('OAuthApp', leaves('OAuthApp'), id)],
      changes: (id) => [
        mutate('oauthAppUpdate', { app: { databaseId: id }, name: 'Newer' }),
        mutate('oauthAppUpdate', { app: { databaseId: id }, scopes: ['read'] }),
        rest('PATCH', `/api/v1/pleroma/admin/oauth_app/${id}`, { trusted: false }),
        mutate('oauthAppDelete', { app: { databaseId: id } }),
      ],
    },
    ...logKinds(around),
    {
      name: 'note',
      odd: ['report_notes'],
      make: (number, mark) => {
        const id = 1_000_000 + number;
        return {
          id: String(id),
          parts: {
            report_notes: {
              id,
              user_id: other.id,
              activity_id: report.id,
              content: mark,
              ...stamps,
            },
          },
        };
      },
      lists: [
        one('report', `notes { ${leaves('ReportNote')} }`, report.databaseId),
        ...both(`/reports/${report.databaseId}`),
        ...both('/reports'),
      ],
      shows: (id) => [node('ReportNote', leaves('ReportNote'), id)],
      changes: (id) => [
        mutate('reportNoteDelete', {
          report: { databaseId: report.databaseId },
          note: { databaseId: id },
        }),
        rest('DELETE', `/api/v1/pleroma/admin/reports/${report.databaseId}/notes/${id}`),
      ],
    },
    {
      name: 'setting',
      odd: ['config'],
      make: (number, mark) => {
        const id = 1_000_000 + number;
        return {
          id: String(id),
          parts: {
            config: {
              id,
              group: ':pleroma',
              key: `:${mark}_${String(number)}`,
              value: '\\x8364000161',
              ...stamps,
            },
          },
        };
      },
      lists: [
        list('configEntries', leaves('ConfigEntry')),
        ...both('/config').map((question): Question => ({ ...question, marks: 'text' })),
      ],
      shows: (id) => [node('ConfigEntry', leaves('ConfigEntry'), id)],
      changes: () => [
        mutate('configMigrateFromDatabase', { dryRun: true }),
        mutate('configUpdate', {
          changes: [{ group: ':pleroma', key: ':odd_other', action: { set: { elixir: '1' } } }],
        }),
      ],
    },
  ];
}

/** A log row of every form there is. */
function logKinds({ author, other }: Surroundings): Kind[] {
  const user = { id: author.databaseId, nickname: author.nickname, type: 'user' };
  const forms: Readonly<Record<string, JsonObject>> = {
    users: {
      action: 'deactivate',
      subject: [user],
      subjects: [user],
      message: 'a word',
      steward_action: 'report_response',
      steward_details: { a: 1 },
    },
    follow: { action: 'follow', follower: user, followed: user },
    tag: { action: 'tag', nicknames: ['a', 'b'], tags: ['t'] },
    grant: { action: 'grant', subject: [user], permission: 'admin' },
    report: {
      action: 'report_note',
      subject: { type: 'report', id: author.databaseId, state: 'open' },
      subject_actor: user,
      text: 'words',
    },
    status: {
      action: 'status_update',
      subject: { type: 'status', id: author.databaseId },
      sensitive: true,
      visibility: 'public',
    },
    deletion: {
      action: 'status_delete',
      subject_id: author.databaseId,
      target: 'https://relay.example/actor',
    },
  };
  return Object.entries(forms).map(([name, form]): Kind => ({
    name: `log entry (${name})`,
    odd: ['moderation_log'],
    make: (number, mark) => {
      const id = 1_000_000 + number;
      return {
        id: String(id),
        parts: {
          moderation_log: {
            id,
            data: { actor: { id: other.databaseId, nickname: mark, type: 'user' }, ...form },
            ...stamps,
          },
        },
      };
    },
    lists: [
      list('moderationLog', leaves('ModerationLogEntry')),
      ...both('/moderation_log?page_size=100'),
    ],
    shows: (id) => [node('ModerationLogEntry', leaves('ModerationLogEntry'), id)],
    changes: () => [],
  }));
}
