import type { Database, Transaction } from '../database/database.js';
import type { Family } from '../database/family.js';
import { flakeFromUuid } from '../database/flake.js';
import type { JsonObject } from '../database/json.js';

/** A job for the instance's Oban, by purpose; worker, queue and arguments differ by family (facts/users.md §1.6). */
export type Job =
  | { readonly purpose: 'delete-user'; readonly userId: string }
  | { readonly purpose: 'force-password-reset'; readonly userId: string }
  | { readonly purpose: 'publish'; readonly activityId: string; readonly isDelete: boolean; readonly objectData: string | null }
  | { readonly purpose: 'mail'; readonly encodedEmail: string }
  /** An archive of somebody's statuses; `adminId` is who asked for it. */
  | { readonly purpose: 'backup'; readonly backupId: bigint; readonly adminId: string | null }
  /** A token to remove when it expires, so many seconds from now. */
  | { readonly purpose: 'purge-token'; readonly kind: 'oauth' | 'mfa'; readonly tokenId: bigint; readonly delay: number }
  /** The files of a deleted status: `object` as it was, `delay` in seconds. */
  | { readonly purpose: 'cleanup-attachments'; readonly object: JsonObject; readonly delay: number }
  /** `objectId` of the table `objects`. */
  | { readonly purpose: 'remove-from-index'; readonly objectId: bigint }
  /** A notification for the user's own devices. */
  | { readonly purpose: 'web-push'; readonly notificationId: bigint };

interface JobRow {
  readonly worker: string;
  readonly queue: string;
  readonly args: Record<string, unknown>;
  readonly maxAttempts?: number;
  readonly priority?: number;
  /** Seconds until it may run. */
  readonly delay?: number;
}

/**
 * Leaves a job for the instance, in the caller's transaction: it runs if, and only if, the transaction is kept. The instance's Oban
 * polls once a second, no notification is needed (facts/moderation.md §6.1).
 */
export function enqueue(tx: Transaction, family: Database['family'], job: Job, now: Date): Promise<void> {
  return enqueueAll(tx, family, [job], now);
}

/** The same for many, in one statement. */
export async function enqueueAll(tx: Transaction, family: Database['family'], jobs: readonly Job[], now: Date): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map((job) => {
    const { worker, queue, args, maxAttempts = 1, priority = 0, delay = 0 } = jobRow(family, job);
    const state = delay > 0 ? 'scheduled' : 'available';
    return { state, queue, worker: `Pleroma.Workers.${worker}`, args, max_attempts: maxAttempts, priority, scheduled_at: new Date(now.getTime() + delay * 1_000) };
  });
  await tx.$executeRaw`
    insert into oban_jobs (state, queue, worker, args, max_attempts, priority, inserted_at, scheduled_at)
    select r.state::oban_job_state, r.queue, r.worker, r.args, r.max_attempts, r.priority, ${now}::timestamp, r.scheduled_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(state text, queue text, worker text, args jsonb, max_attempts integer, priority integer, scheduled_at timestamp)`;
}

function jobRow(family: Family, job: Job): JobRow {
  const akkoma = family === 'akkoma';
  switch (job.purpose) {
    case 'delete-user':
      return { worker: akkoma ? 'BackgroundWorker' : 'DeleteWorker', queue: akkoma ? 'background' : 'slow', args: { op: 'delete_user', user_id: flakeFromUuid(job.userId) } };
    case 'force-password-reset':
      return { worker: 'BackgroundWorker', queue: 'background', args: { op: 'force_password_reset', user_id: flakeFromUuid(job.userId) } };
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
        queue: akkoma ? 'backup' : 'slow',
        args: { op: 'process', backup_id: Number(job.backupId), admin_user_id: job.adminId === null ? null : flakeFromUuid(job.adminId) },
      };
    case 'purge-token':
      return {
        worker: 'PurgeExpiredToken',
        queue: akkoma ? 'token_expiration' : 'background',
        args: { token_id: Number(job.tokenId), mod: job.kind === 'mfa' ? 'Elixir.Pleroma.MFA.Token' : 'Elixir.Pleroma.Web.OAuth.Token' },
        delay: job.delay,
      };
    case 'mail':
      return { worker: 'MailerWorker', queue: akkoma ? 'mailer' : 'background', args: { op: 'email', encoded_email: job.encodedEmail, config: [] } };
    case 'cleanup-attachments': {
      const worker = 'AttachmentsCleanupWorker';
      const { actor, attachment } = job.object;
      if (!akkoma) return { worker, queue: 'slow', args: { op: 'cleanup_attachments', object: { data: job.object } } };
      return { worker, queue: 'attachments_cleanup', args: { op: 'cleanup_attachments', actor, attachments: attachment }, delay: job.delay };
    }
    case 'remove-from-index':
      return { worker: 'SearchIndexingWorker', queue: 'search_indexing', args: { op: 'remove_from_index', object: Number(job.objectId) }, maxAttempts: 2 };
    case 'web-push':
      return { worker: 'WebPusherWorker', queue: 'web_push', args: { op: 'web_push', notification_id: Number(job.notificationId) } };
  }
}
