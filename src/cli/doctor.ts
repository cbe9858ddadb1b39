import type { Database } from '../database/database.js';
import { losesStatements, lossesOf, lossSentences, type PoolerLoss } from '../database/pooler.js';
import { unreadLines } from '../instance/unread-lines.js';
import type { InstanceSettings } from '../instance/settings.js';
import { locationOfInstance } from '../rest/stays-with-instance.js';

/** What `steward doctor` finds out, without changing anything. */
export interface Diagnosis {
  readonly family: string;
  /** The instance's, as far as its migrations tell. */
  readonly version: string;
  readonly newestMigration: string | null;
  readonly instance: { readonly name: string; readonly url: string };
  readonly counts: Readonly<Record<string, number>>;
  /** Admin paths that the web server must leave to the instance, as a regular expression. */
  readonly instanceLocation: string;
  readonly missing: readonly string[];
  /** Settings that could not be read, each with where it stands and why. */
  readonly unreadable: readonly string[];
  /** What a pooler before the database takes away, as sentences. */
  readonly pooler: readonly string[];
}

/** What the counts are called in plain words. */
export const countNames: Readonly<Record<string, string>> = {
  localUsers: 'local accounts',
  remoteUsers: 'remote accounts',
  activities: 'activities',
  invites: 'invites',
  configEntries: 'settings in the database',
  logEntries: 'entries in the moderation log',
  waitingJobs: 'jobs that wait for the instance',
};

/** Looks at an open database: family, version, how much there is. */
export async function diagnose(database: Database, instance: Pick<InstanceSettings, 'name' | 'baseUrl' | 'version' | 'unread'>): Promise<Diagnosis> {
  const { prisma, schema } = database;
  const [localUsers, remoteUsers, activities, invites, configEntries, logEntries, waitingJobs] = await Promise.all([
    prisma.user.count({ where: { local: true } }),
    prisma.user.count({ where: { local: false } }),
    prisma.activity.count(),
    prisma.invite.count(),
    prisma.configEntry.count(),
    prisma.moderationLogEntry.count(),
    prisma.obanJob.count({ where: { state: { in: ['available', 'scheduled', 'retryable'] } } }),
  ]);
  return {
    family: schema.family,
    version: instance.version,
    newestMigration: schema.newestMigration ?? null,
    instance: { name: instance.name, url: instance.baseUrl },
    counts: { localUsers, remoteUsers, activities, invites, configEntries, logEntries, waitingJobs },
    instanceLocation: locationOfInstance(schema.family),
    missing: [],
    unreadable: unreadLines(instance.unread),
    pooler: (await poolerLosses(database)).map((loss) => lossSentences[loss]),
  };
}

async function poolerLosses({ pool }: Database): Promise<readonly PoolerLoss[]> {
  const found = new Set(lossesOf(pool));
  if (await losesStatements(pool)) found.add('prepared-statements');
  return [...found];
}

