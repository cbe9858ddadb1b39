import type { Family } from '../database/family.js';
import { flakeFromUuid } from '../database/flake.js';
import type { JsonObject } from '../database/json.js';

/**
 * A job for the instance's Oban, by purpose; worker, queue and arguments differ by family
 * (docs/instance/jobs.md#jobs-by-purpose).
 */
export type Job =
  | { readonly purpose: 'delete-user'; readonly userId: string }
  | { readonly purpose: 'force-password-reset'; readonly userId: string }
  | {
      readonly purpose: 'publish';
      readonly activityId: string;
      readonly isDelete: boolean;
      readonly objectData: string | null;
    }
  | { readonly purpose: 'mail'; readonly encodedEmail: string }
  /** An archive of somebody's statuses; `adminId` is who asked for it. */
  | {
      readonly purpose: 'backup';
      readonly backupId: bigint;
      readonly adminId: string | null;
      /** The row names a directory: so it is since Pleroma 2.7, which gave up the queue `backup`. */
      readonly hasTempdir: boolean;
    }
  /** A token to remove when it expires, so many seconds from now. */
  | {
      readonly purpose: 'purge-token';
      readonly kind: 'oauth' | 'mfa';
      readonly tokenId: bigint;
      readonly delay: number;
    }
  /** The files of a deleted status: `object` as it was, `delay` in seconds. */
  | { readonly purpose: 'cleanup-attachments'; readonly object: JsonObject; readonly delay: number }
  /** `objectId` of the table `objects`. */
  | { readonly purpose: 'remove-from-index'; readonly objectId: bigint }
  /** Make a local account follow one the instance may not know yet; `identifier` is `name@host` or an ActivityPub id. */
  | { readonly purpose: 'follow'; readonly followerId: string; readonly identifier: string }
  /** A notification for the user's own devices. */
  | { readonly purpose: 'web-push'; readonly notificationId: bigint }
  /** The instance's own activation or deactivation; `isActive` must be what the row says. */
  | { readonly purpose: 'set-activation'; readonly userId: string; readonly isActive: boolean }
  /**
   * The same for the instance's own actor, by which its cache reads anew the accounts the actor follows
   * (`touch.ts`); starts `delay` seconds from now.
   */
  | {
      readonly purpose: 'touch';
      readonly actorId: string;
      readonly isActive: boolean;
      readonly delay: number;
    }
  /** The instance's own deletion of a local status, signed by its author. */
  | { readonly purpose: 'delete-status'; readonly statusId: string }
  /** The instance posts a row of `scheduled_activities`, in the name of its account. */
  | { readonly purpose: 'post-scheduled'; readonly scheduledId: bigint }
  /** The instance deletes every account whose nickname ends with `@` and this host, or goes on after it. */
  | { readonly purpose: 'delete-instance'; readonly host: string }
  /** Work of the companion module (`deploy/instance/steward.ex`). */
  | { readonly purpose: 'companion'; readonly args: CompanionArgs };

/** What the companion module does, by `op`. All ids as text. */
export type CompanionArgs =
  | { readonly op: 'hello' | 'reload_emoji' | 'restart' }
  /**
   * `users`: flake ids of accounts; `objects`: ActivityPub ids of objects and activities; `activities`: flake
   * ids of activities; `tokens`: ids of deleted rows of `oauth_tokens`, whose streams are to be closed.
   */
  | {
      readonly op: 'forget';
      readonly users?: readonly string[];
      readonly objects?: readonly string[];
      readonly activities?: readonly string[];
      readonly tokens?: readonly number[];
    }
  /** Group and key of each setting that was changed or removed, e.g. `[":pleroma", ":instance"]`. */
  | { readonly op: 'reload_config'; readonly keys: readonly (readonly [string, string])[] }
  | { readonly op: 'purge_media'; readonly urls: readonly string[]; readonly ban?: boolean }
  | { readonly op: 'welcome'; readonly user_id: string };

/** The worker the companion module defines. */
export const companionWorker = 'Steward.InstanceWorker';

/** What must not happen twice when the first try failed halfway; a `hello` answers by failing. */
const onceOnly: readonly CompanionArgs['op'][] = ['hello', 'welcome', 'restart'];

/**
 * By what the jobs Steward leaves are known among those of the instance. A `hello` is left out: an instance
 * without the companion module answers it by failing.
 */
export const jobKinds = {
  workers: [
    ...[
      'AttachmentsCleanupWorker',
      'BackgroundWorker',
      'BackupWorker',
      'DeleteWorker',
      'MailerWorker',
      'PublisherWorker',
      'PurgeExpiredActivity',
      'PurgeExpiredToken',
      'ScheduledActivityWorker',
      'SearchIndexingWorker',
      'WebPusherWorker',
    ].map((name) => `Pleroma.Workers.${name}`),
    companionWorker,
  ],
  ops: [
    'cleanup_attachments',
    'delete_instance',
    'delete_user',
    'email',
    'follow_import',
    'force_password_reset',
    'forget',
    'process',
    'publish',
    'purge_media',
    'reload_config',
    'reload_emoji',
    'remove_from_index',
    'restart',
    'user_activation',
    'web_push',
    'welcome',
  ],
} as const;

export interface JobRow {
  readonly worker: string;
  readonly queue: string;
  readonly args: object;
  readonly maxAttempts?: number;
  readonly priority?: number;
  /** Seconds until it may run. */
  readonly delay?: number;
}

/** The row of a job, without its times; `worker` is without the instance's prefix, except the companion's. */
export function jobRow(family: Family, job: Job): JobRow {
  const akkoma = family === 'akkoma';
  /** Workers that say nothing of it: one attempt on Akkoma, Oban's own number on Pleroma. */
  const maxAttempts = akkoma ? 1 : 20;
  switch (job.purpose) {
    case 'delete-user':
      return {
        worker: akkoma ? 'BackgroundWorker' : 'DeleteWorker',
        queue: akkoma ? 'background' : 'slow',
        args: { op: 'delete_user', user_id: flakeFromUuid(job.userId) },
        maxAttempts,
      };
    case 'force-password-reset':
      return {
        worker: 'BackgroundWorker',
        queue: 'background',
        args: { op: 'force_password_reset', user_id: flakeFromUuid(job.userId) },
        maxAttempts,
      };
    case 'publish': {
      const args = { op: 'publish', activity_id: flakeFromUuid(job.activityId) };
      return {
        worker: 'PublisherWorker',
        queue: 'federator_outgoing',
        args: akkoma ? { ...args, object_data: job.objectData } : args,
        maxAttempts: akkoma ? 6 : 5,
        priority: job.isDelete ? 3 : 0,
      };
    }
    case 'backup':
      return {
        worker: 'BackupWorker',
        queue: job.hasTempdir ? 'slow' : 'backup',
        args: {
          op: 'process',
          backup_id: Number(job.backupId),
          admin_user_id: job.adminId === null ? null : flakeFromUuid(job.adminId),
        },
      };
    case 'purge-token':
      return {
        worker: 'PurgeExpiredToken',
        queue: akkoma ? 'token_expiration' : 'background',
        args: {
          token_id: Number(job.tokenId),
          mod: job.kind === 'mfa' ? 'Elixir.Pleroma.MFA.Token' : 'Elixir.Pleroma.Web.OAuth.Token',
        },
        delay: job.delay,
      };
    case 'mail':
      return {
        worker: 'MailerWorker',
        queue: akkoma ? 'mailer' : 'background',
        args: { op: 'email', encoded_email: job.encodedEmail, config: [] },
        maxAttempts,
      };
    case 'cleanup-attachments': {
      const worker = 'AttachmentsCleanupWorker';
      const { actor, attachment } = job.object;
      if (!akkoma)
        return {
          worker,
          queue: 'slow',
          args: { op: 'cleanup_attachments', object: { data: job.object } },
          maxAttempts,
        };
      return {
        worker,
        queue: 'attachments_cleanup',
        args: { op: 'cleanup_attachments', actor, attachments: attachment },
        delay: job.delay,
      };
    }
    case 'follow': {
      const args = { op: 'follow_import', user_id: flakeFromUuid(job.followerId) };
      const { identifier } = job;
      // Pleroma up to 2.6 takes a list, from 2.7 on one; a key it does not know is passed over.
      return {
        worker: 'BackgroundWorker',
        queue: 'background',
        args: akkoma
          ? { ...args, identifier }
          : { ...args, actor: identifier, identifiers: [identifier] },
      };
    }
    case 'remove-from-index':
      return {
        worker: 'SearchIndexingWorker',
        queue: 'search_indexing',
        args: { op: 'remove_from_index', object: Number(job.objectId) },
        maxAttempts: 2,
      };
    case 'set-activation':
      return activationRow(job.userId, job.isActive);
    case 'touch':
      return { ...activationRow(job.actorId, job.isActive), maxAttempts: 5, delay: job.delay };
    case 'delete-status':
      return {
        worker: 'PurgeExpiredActivity',
        queue: akkoma ? 'activity_expiration' : 'background',
        args: { activity_id: flakeFromUuid(job.statusId) },
      };
    case 'post-scheduled':
      return {
        worker: 'ScheduledActivityWorker',
        queue: akkoma ? 'scheduled_activities' : 'federator_outgoing',
        args: { activity_id: Number(job.scheduledId) },
      };
    case 'delete-instance':
      return {
        worker: akkoma ? 'BackgroundWorker' : 'DeleteWorker',
        queue: akkoma ? 'background' : 'slow',
        args: { op: 'delete_instance', host: job.host },
        maxAttempts,
      };
    case 'companion':
      return {
        worker: companionWorker,
        queue: 'background',
        args: job.args,
        maxAttempts: onceOnly.includes(job.args.op) ? 1 : 3,
      };
    case 'web-push':
      return {
        worker: 'WebPusherWorker',
        queue: 'web_push',
        args: { op: 'web_push', notification_id: Number(job.notificationId) },
        maxAttempts,
      };
  }
}

function activationRow(userId: string, isActive: boolean): JobRow {
  return {
    worker: 'BackgroundWorker',
    queue: 'background',
    args: { op: 'user_activation', user_id: flakeFromUuid(userId), status: isActive },
  };
}
