import type { Database } from '../database/database.js';
import { losesStatements, lossesOf, lossSentences, type PoolerLoss } from '../database/pooler.js';
import { unreadLines } from '../instance/unread-lines.js';
import type { InstanceSettings } from '../instance/settings.js';
import { locationOfInstance } from '../rest/stays-with-instance.js';
import { queueHealth, type QueueHealth } from '../database/queue-health.js';
import { jobKinds } from '../federation/jobs.js';
import { describeSighting, type Sighting } from '../instance/companion.js';
import { settledSighting, type Runtime } from './runtime.js';

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
  readonly queue: QueueHealth;
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

/** Whether the instance has the companion module: asked where its queue runs. The question is a job, which the instance removes. */
export async function companionOf(
  { environment, isEmbedded, companion }: Runtime,
  { isRunning }: QueueHealth,
): Promise<Sighting> {
  if (!companion) return settledSighting(environment, isEmbedded);
  if (isRunning === false) return companion.sighting;
  try {
    return await companion.ask();
  } catch {
    return companion.sighting; // a database that takes no writes can be looked at all the same
  }
}

/** What there is to say of queue and module, a line each. */
export function instanceLines(
  { isRunning, startedLately, queues, failed }: QueueHealth,
  companion: Sighting,
): string[] {
  const running =
    isRunning === undefined
      ? 'cannot be seen'
      : isRunning
        ? 'runs'
        : 'does not run: changes that need a job wait';
  return [
    `queue of the instance: ${running}, ${String(startedLately)} jobs started in the last five minutes`,
    ...queues.map(
      ({ queue, waiting, oldestSeconds }) =>
        `  ${queue}: ${String(waiting)} waiting, the oldest for ${String(Math.round(oldestSeconds))} s`,
    ),
    ...failed.map(
      ({ worker, state, count, error }) => `  ${String(count)} ${state} of ${worker}: ${error}`,
    ),
    describeSighting(companion),
  ];
}

/** Looks at an open database: family, version, how much there is, and the instance's queue. */
export async function diagnose(
  database: Database,
  instance: Pick<InstanceSettings, 'name' | 'baseUrl' | 'version' | 'unread'>,
): Promise<Diagnosis> {
  const { prisma, schema } = database;
  const [
    localUsers,
    remoteUsers,
    activities,
    invites,
    configEntries,
    logEntries,
    waitingJobs,
    queue,
  ] = await Promise.all([
    prisma.user.count({ where: { local: true } }),
    prisma.user.count({ where: { local: false } }),
    prisma.activity.count(),
    prisma.invite.count(),
    prisma.configEntry.count(),
    prisma.moderationLogEntry.count(),
    prisma.obanJob.count({ where: { state: { in: ['available', 'scheduled', 'retryable'] } } }),
    queueHealth(database, jobKinds),
  ]);
  return {
    family: schema.family,
    version: instance.version,
    newestMigration: schema.newestMigration ?? null,
    instance: { name: instance.name, url: instance.baseUrl },
    counts: {
      localUsers,
      remoteUsers,
      activities,
      invites,
      configEntries,
      logEntries,
      waitingJobs,
    },
    instanceLocation: locationOfInstance(schema.family),
    missing: [],
    unreadable: unreadLines(instance.unread),
    pooler: (await poolerLosses(database)).map((loss) => lossSentences[loss]),
    queue,
  };
}

async function poolerLosses({ pool }: Database): Promise<readonly PoolerLoss[]> {
  const found = new Set(lossesOf(pool));
  if (await losesStatements(pool)) found.add('prepared-statements');
  return [...found];
}
