import { followRows } from './follows.js';
import type { Ledger } from './ledger.js';
import { logRows } from './log.js';
import { notificationRows } from './notifications.js';
import { objectRows } from './objects.js';
import { createPeople, type Person } from './people.js';
import { addReactions } from './reactions.js';
import { createReports, reportNoteRows } from './reports.js';
import { settingRows } from './settings.js';
import { createStatuses } from './statuses.js';
import { appRows, instanceRows, inviteRows } from './surroundings.js';
import { userRow } from './user-rows.js';
import { createWorld, type Row, type SampleOptions } from './world.js';

export interface Table {
  readonly name: string;
  readonly rows: readonly Row[];
}

export interface Sample {
  readonly people: readonly Person[];
  /** In an order the foreign keys accept; all rows of a table have the same columns. */
  readonly tables: readonly Table[];
}

/** The rows of the sample instance, but for the signing keys. The same options give the same rows, ids included. */
export function buildSample(options: SampleOptions): Sample {
  const ledger: Ledger = { ...createWorld(options), activities: [], notices: [] };
  const people = createPeople(ledger);
  const follows = followRows(ledger, people);
  const statuses = createStatuses(ledger, people);
  addReactions(ledger, people, statuses);
  const reports = createReports(ledger, people, statuses);
  const { objects, hashtags, links } = objectRows(statuses);
  const log = logRows(ledger, people, statuses, reports);
  return {
    people: people.all,
    tables: [
      { name: 'users', rows: inOrder(people.all).map((person) => userRow(ledger, person)) },
      { name: 'following_relationships', rows: follows },
      { name: 'objects', rows: objects },
      { name: 'hashtags', rows: hashtags },
      { name: 'hashtags_objects', rows: links },
      { name: 'activities', rows: inOrder(ledger.activities) },
      { name: 'notifications', rows: notificationRows(ledger) },
      { name: 'report_notes', rows: reportNoteRows(reports) },
      { name: 'moderation_log', rows: log },
      { name: 'user_invite_tokens', rows: inviteRows(ledger) },
      { name: 'apps', rows: appRows(ledger) },
      { name: 'config', rows: settingRows(ledger) },
      { name: 'instances', rows: instanceRows(ledger) },
    ],
  };
}

/** By flake id, which is by time. */
function inOrder<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}
