import { flakeFromUuid } from '../../flake.js';
import { addActivity } from './activities.js';
import { reports, type ReportData } from './data/reports.js';
import type { ActivityRow, Ledger } from './ledger.js';
import type { People, Person } from './people.js';
import type { Status } from './statuses.js';
import { formatText } from './text.js';
import { emailOf, profileUrl } from './user-rows.js';
import { later, minutes, naive, published, timestamps, type Row } from './world.js';

/** A report, and the moments the moderation log tells of. */
export interface Report {
  readonly activity: ActivityRow;
  readonly reporter: Person;
  readonly data: ReportData;
  readonly handled: { readonly by: Person; readonly time: Date } | undefined;
  readonly notes: readonly { readonly by: Person; readonly text: string; readonly time: Date }[];
}

/** The reports: Flag activities, with notices for the staff. */
export function createReports(
  ledger: Ledger,
  people: People,
  statuses: readonly Status[],
): Report[] {
  const byKey = new Map(statuses.map((status) => [status.key, status]));
  return reports.map((data) => {
    const time = later(ledger.daysAgo(data.daysAgo), ledger.random.below(60 * minutes));
    const reporter = people.named(data.by);
    const notes = (data.notes ?? []).map(({ by, text }, index) => {
      return { by: people.named(by), text, time: later(time, (50 + 90 * index) * minutes) };
    });
    const handled =
      data.handledBy === undefined
        ? undefined
        : { by: people.named(data.handledBy), time: later(time, 300 * minutes) };
    const posts = data.posts.flatMap((key) => byKey.get(key) ?? []);
    const activity = addActivity(
      ledger,
      reporter,
      time,
      flag(ledger, people, data, posts, time),
      handled?.time,
    );
    const staff = people.all.filter((person) => person.profile.role);
    for (const user of staff)
      ledger.notices.push({ user, activityId: activity.id, type: 'pleroma:report', time });
    return { activity, reporter, data, handled, notes };
  });
}

/** Rows of `report_notes`. */
export function reportNoteRows(reports: readonly Report[]): Row[] {
  const notes = reports.flatMap(({ activity, notes }) =>
    notes.map((note) => ({ activity, ...note })),
  );
  return notes.map(({ activity, by, text, time }, index) => ({
    id: index + 1,
    activity_id: activity.id,
    user_id: by.id,
    content: text,
    ...timestamps(time),
  }));
}

/**
 * Snapshots while open, bare ids afterwards, stubs for posts already gone
 * (docs/instance/moderation.md#what-a-report-is-about).
 */
function flag(
  ledger: Ledger,
  people: People,
  data: ReportData,
  posts: readonly Status[],
  time: Date,
) {
  const { about, comment, state, lost = 0, forwarded, by } = data;
  const account = people.named(about);
  const gone = Array.from(
    { length: lost },
    () => `${account.origin}/activities/${ledger.random.uuid()}`,
  );
  const entries =
    state === 'open'
      ? [
          ...posts.map((post) => snapshot(ledger, post)),
          ...gone.map((id) => ({ id, deleted: true })),
        ]
      : [...posts.map((post) => post.activity.data.id), ...gone];
  const told = forwarded === true || !people.named(by).local;
  return {
    type: 'Flag',
    to: [],
    cc: told ? [account.apId] : [],
    object: [account.apId, ...entries],
    state,
    published: published(time),
    content: formatText(comment, ledger.base, people).html,
    context: `${ledger.base}/contexts/${ledger.random.uuid()}`,
  };
}

function snapshot(ledger: Ledger, { activity, author, note }: Status) {
  return {
    type: 'Note',
    id: activity.data.id,
    content: note.content,
    published: note.published,
    actor: adminView(ledger, author),
  };
}

/**
 * The account as the admin API showed it when the report was written
 * (docs/instance/accounts.md#account-json).
 */
function adminView(ledger: Ledger, person: Person) {
  const { profile } = person;
  return {
    id: flakeFromUuid(person.id),
    nickname: person.nickname,
    display_name: person.name,
    email: emailOf(person),
    url: profileUrl(person),
    avatar: `${ledger.base}/images/avi.png`,
    local: person.local,
    actor_type: person.actorType,
    created_at: `${naive(person.joined)}.000Z`,
    tags: profile.tags ?? [],
    roles: { admin: profile.role === 'admin', moderator: profile.role === 'moderator' },
    is_active: !profile.deactivated,
    is_confirmed: !profile.unconfirmed,
    is_suggested: profile.suggested ?? false,
    is_approved: profile.registrationReason === undefined,
    registration_reason: profile.registrationReason ?? null,
  };
}
