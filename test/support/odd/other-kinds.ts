import { newFlake } from '../../../src/database/flake.js';
import type { JsonObject } from '../../../src/database/json.js';
import {
  both,
  leaves,
  list,
  mutate,
  node,
  told,
  one,
  rest,
  stamps,
  time,
  type Identities,
  type Kind,
  type Question,
  type Surroundings,
} from './question.js';

/** What is neither an account nor a status. */
export function otherKinds(around: Surroundings, { known }: Identities): readonly Kind[] {
  const { other, report } = around;
  return [
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
      name: 'rule',
      odd: ['rules'],
      make: (number, mark) => {
        const id = 1_000_000 + number;
        return {
          id: String(id),
          parts: { rules: { id, text: mark, priority: 1, hint: 'why', ...stamps } },
        };
      },
      lists: [list('rules', leaves('Rule')), ...both('/rules')],
      shows: (id) => [node('Rule', leaves('Rule'), id)],
      changes: (id) => [
        mutate('ruleUpdate', { rule: { databaseId: id }, text: 'other' }),
        rest('PATCH', `/api/v1/pleroma/admin/rules/${id}`, { priority: 2 }),
        mutate('ruleDelete', { rule: { databaseId: id } }),
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
      lists: [list('invites', leaves('Invite')), ...both('/users/invites'), told('invites')],
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
