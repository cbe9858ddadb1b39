import { objectOf, textOf, textsOf, type Json, type JsonObject } from '../../database/json.js';

/**
 * The sentence the instance makes of a log row's `data`
 * (docs/instance/moderation.md#actions-and-sentences): the same templates for rows Steward writes
 * and for
 * rows of every generation it reads, the documents' own single subjects and `report_response` among them.
 * @returns undefined for an action no generation has, or data that lacks what its sentence names.
 */
export function logSentence(data: JsonObject): string | undefined {
  const deed = predicate(data);
  return deed === undefined ? undefined : `@${nameOf(data['actor'])} ${deed}`;
}

const userListVerbs: Readonly<Record<string, string>> = {
  delete: 'deleted users',
  activate: 'activated users',
  deactivate: 'deactivated users',
  approve: 'approved users',
  confirm_email: 'confirmed email for users',
  resend_confirmation_email: 're-sent confirmation email for users',
  add_suggestion: 'added suggested users',
  remove_suggestion: 'removed suggested users',
  force_password_reset: 'forced password reset for users',
  updated_users: 'updated users',
};

/** What the first generation said of one account. */
const singleUserVerbs: Readonly<Record<string, string>> = {
  delete: 'deleted user',
  activate: 'activated user',
  deactivate: 'deactivated user',
};

function predicate(data: JsonObject): string | undefined {
  const { action, subject } = data;
  switch (action) {
    case 'create':
      return `created users: ${names(data['subjects'])}`;
    case 'follow':
    case 'unfollow':
      return `made @${nameOf(data['follower'])} ${action} @${nameOf(data['followed'])}`;
    case 'tag':
      return `added tags: ${textsOf(data['tags']).join(', ')} to users: ${mentions(textsOf(data['nicknames']))}`;
    case 'untag':
      return `removed tags: ${textsOf(data['tags']).join(', ')} from users: ${mentions(textsOf(data['nicknames']))}`;
    case 'grant':
      return `made ${names(subject)} ${textOf(data['permission']) ?? ''}`;
    case 'revoke':
      return `revoked ${textOf(data['permission']) ?? ''} role from ${names(subject)}`;
    case 'relay_follow':
      return `followed relay: ${textOf(data['target']) ?? ''}`;
    case 'relay_unfollow':
      return `unfollowed relay: ${textOf(data['target']) ?? ''}`;
    case 'create_backup':
      return `requested account backup for @${nameOf(subject)}`;
    case 'status_delete':
      return `deleted status #${textOf(data['subject_id']) ?? ''}`;
    case 'chat_message_delete':
      return `deleted chat message #${textOf(data['subject_id']) ?? ''}`;
    case 'status_update':
      return `updated status #${idOf(subject)}, ${statusChange(data)}`;
    case 'report_update':
      return `updated report #${idOf(subject)}${'subject_actor' in data ? ` (on user @${nameOf(data['subject_actor'])})` : ''} with '${textOf(objectOf(subject)['state']) ?? ''}' state`;
    case 'report_note':
      return `added note '${textOf(data['text']) ?? ''}' to report #${idOf(subject)}${onUser(data)}`;
    case 'report_note_delete':
      return `deleted note '${textOf(data['text']) ?? ''}' from report #${idOf(subject)}${onUser(data)}`;
    case 'report_response':
      return `responded with '${textOf(data['text']) ?? ''}' to report #${idOf(subject)}`;
    default:
      return typeof action === 'string' ? userList(action, subject) : undefined;
  }
}

function userList(action: string, subject: Json | undefined): string | undefined {
  const single = Array.isArray(subject) ? undefined : singleUserVerbs[action];
  if (single !== undefined) return `${single} @${nameOf(subject)}`;
  const verb = userListVerbs[action];
  return verb === undefined ? undefined : `${verb}: ${names(subject)}`;
}

function onUser(data: JsonObject): string {
  return 'subject_actor' in data ? ` on user @${nameOf(data['subject_actor'])}` : '';
}

/** Both absent is a sentence of the instance too. */
function statusChange({ sensitive, visibility }: JsonObject): string {
  const scope = `visibility: '${textOf(visibility) ?? ''}'`;
  if (typeof sensitive !== 'boolean') return `set ${scope}`;
  return `set sensitive: '${String(sensitive)}'${visibility == null ? '' : `, ${scope}`}`;
}

function nameOf(user: Json | undefined): string {
  return textOf(objectOf(user)['nickname']) ?? '';
}

function idOf(subject: Json | undefined): string {
  return textOf(objectOf(subject)['id']) ?? '';
}

function names(users: Json | undefined): string {
  return mentions((Array.isArray(users) ? users : [users]).map(nameOf));
}

function mentions(nicknames: readonly string[]): string {
  return nicknames.map((nickname) => `@${nickname}`).join(', ');
}
