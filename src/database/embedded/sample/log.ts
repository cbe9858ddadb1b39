import { flakeFromUuid } from '../../flake.js';
import { logEntries, type LogData } from './data/log.js';
import type { People, Person } from './people.js';
import type { Report } from './reports.js';
import type { Status } from './statuses.js';
import { days, later, minutes, timestamps, type Row, type World } from './world.js';

interface Entry {
  readonly by: Person;
  readonly time: Date;
  readonly action: string;
  /** The keys that go with the action. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The message without its subject. */
  readonly deed: string;
}

/**
 * Rows of `moderation_log`: actions and messages exactly as in
 * docs/instance/moderation.md#actions-and-sentences.
 */
export function logRows(
  world: World,
  people: People,
  statuses: readonly Status[],
  reports: readonly Report[],
): Row[] {
  const departed = new Map<string, Pick<Person, 'id' | 'nickname'>>();
  const told = logEntries.map((data): Entry => {
    const time = later(world.daysAgo(data.daysAgo), world.random.below(90 * minutes));
    return {
      by: people.named(data.by),
      time,
      action: data.action,
      ...tell({ world, people, statuses, departed, time }, data),
    };
  });
  const entries = [...told, ...reports.flatMap(reportEntries)].sort(
    (a, b) => a.time.getTime() - b.time.getTime(),
  );
  return entries.map(({ by, time, action, details, deed }, index) => ({
    id: index + 1,
    data: { actor: subjectOf(by), action, ...details, message: `@${by.nickname} ${deed}` },
    ...timestamps(time),
  }));
}

interface Scene {
  readonly world: World;
  readonly people: People;
  readonly statuses: readonly Status[];
  /** Accounts deleted since: the log is all that remembers them. */
  readonly departed: Map<string, Pick<Person, 'id' | 'nickname'>>;
  readonly time: Date;
}

function tell(scene: Scene, data: LogData): Pick<Entry, 'details' | 'deed'> {
  const { world, people, statuses, departed, time } = scene;
  const registered = data.action === 'create' ? time : later(time, -9 * days);

  switch (data.action) {
    case 'tag':
    case 'untag': {
      const [verb, direction] = data.action === 'tag' ? ['added', 'to'] : ['removed', 'from'];
      const deed = `${verb} tags: ${data.tags.join(', ')} ${direction} users: ${mentions(data.users)}`;
      return { details: { nicknames: data.users, tags: data.tags }, deed };
    }
    case 'grant':
    case 'revoke': {
      const names = mentions(data.users);
      const deed =
        data.action === 'grant'
          ? `made ${names} ${data.permission}`
          : `revoked ${data.permission} role from ${names}`;
      return { details: { subject: subjects(data.users), permission: data.permission }, deed };
    }
    case 'follow':
    case 'unfollow': {
      const [follower, followed] = [people.named(data.follower), people.named(data.followed)];
      const deed = `made @${follower.nickname} ${data.action} @${followed.nickname}`;
      return { details: { follower: subjectOf(follower), followed: subjectOf(followed) }, deed };
    }
    case 'relay_follow':
    case 'relay_unfollow':
      return {
        details: { target: data.target },
        deed: `${data.action === 'relay_follow' ? 'followed' : 'unfollowed'} relay: ${data.target}`,
      };
    case 'status_update': {
      const { sensitive, visibility } = data;
      const id = flakeOfStatus(statuses, data.status);
      const change =
        sensitive === null ? `visibility: '${visibility}'` : `sensitive: '${sensitive}'`;
      return {
        details: { subject: { type: 'status', id }, sensitive, visibility },
        deed: `updated status #${id}, set ${change}`,
      };
    }
    case 'status_delete': {
      const id = flakeFromUuid(world.flakeAt(later(time, -days / 8)));
      return { details: { subject_id: id }, deed: `deleted status #${id}` };
    }
    case 'create_backup':
      return {
        details: { subject: subjectOf(people.named(data.user)) },
        deed: `requested account backup for @${data.user}`,
      };
    case 'create':
      return {
        details: { subjects: subjects(data.users) },
        deed: `created users: ${mentions(data.users)}`,
      };
    default:
      return {
        details: { subject: subjects(data.users) },
        deed: `${deeds[data.action]} users: ${mentions(data.users)}`,
      };
  }

  function subjects(nicknames: readonly string[]) {
    return nicknames.map((nickname) => {
      const known = people.find(nickname) ??
        departed.get(nickname) ?? { id: world.flakeAt(registered), nickname };
      departed.set(nickname, known);
      return subjectOf(known);
    });
  }
}

const deeds = {
  delete: 'deleted',
  activate: 'activated',
  deactivate: 'deactivated',
  approve: 'approved',
  add_suggestion: 'added suggested',
  remove_suggestion: 'removed suggested',
  force_password_reset: 'forced password reset for',
  confirm_email: 'confirmed email for',
  resend_confirmation_email: 're-sent confirmation email for',
  updated_users: 'updated',
} as const;

/** Notes and changes of state. The log names the reporter where it says “user”, as the instance does. */
function reportEntries({ activity, reporter, data, handled, notes }: Report): Entry[] {
  const id = flakeFromUuid(activity.id);
  const subject = (state: string) => ({
    subject: { type: 'report', id, state },
    subject_actor: subjectOf(reporter),
  });
  const noted = notes.map(({ by, text, time }): Entry => ({
    by,
    time,
    action: 'report_note',
    details: { ...subject('open'), text },
    deed: `added note '${text}' to report #${id} on user @${reporter.nickname}`,
  }));
  if (!handled) return noted;
  const deed = `updated report #${id} (on user @${reporter.nickname}) with '${data.state}' state`;
  return [...noted, { ...handled, action: 'report_update', details: subject(data.state), deed }];
}

function subjectOf({ id, nickname }: Pick<Person, 'id' | 'nickname'>) {
  return { type: 'user', id: flakeFromUuid(id), nickname };
}

function mentions(nicknames: readonly string[]): string {
  return nicknames.map((nickname) => `@${nickname}`).join(', ');
}

function flakeOfStatus(statuses: readonly Status[], key: string): string {
  const status = statuses.find((candidate) => candidate.key === key);
  if (!status) throw new Error(`The sample has no post ${key}`);
  return flakeFromUuid(status.activity.id);
}
