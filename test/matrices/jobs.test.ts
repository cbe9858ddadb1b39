import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Job } from '../../src/federation/jobs.js';
import { enqueueAll } from '../../src/federation/outbox.js';
import { createClient } from '../support/client.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument, mutationsOf } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
const mutations = mutationsOf(world.family);

/** What a worker takes: its queue, how often a job is tried, and its arguments. */
interface Shape {
  readonly queue: string;
  readonly attempts: number;
  readonly args: z.ZodType;
}

const flake = z.string().regex(/^[A-Za-z0-9]{18}$/);
const number = z.number().int();
const op = <Fields extends z.ZodRawShape>(name: string, fields: Fields) =>
  z.strictObject({ op: z.literal(name), ...fields });
const email = op('email', { encoded_email: z.base64(), config: z.array(z.never()) });
const push = op('web_push', { notification_id: number });
const purge = z.strictObject({
  token_id: number,
  mod: z.enum(['Elixir.Pleroma.MFA.Token', 'Elixir.Pleroma.Web.OAuth.Token']),
});
const index = op('remove_from_index', { object: number });
const activation = op('user_activation', { user_id: flake, status: z.boolean() });
const forced = op('force_password_reset', { user_id: flake });
const deletion = z.union([
  op('delete_user', { user_id: flake }),
  op('delete_instance', { host: z.string() }),
]);
const activity = z.strictObject({ activity_id: flake });
const scheduled = z.strictObject({ activity_id: number });

/** The workers of Akkoma 3.16 and of Pleroma 2.7, as each reads its jobs. */
const shapes: Readonly<Record<'akkoma' | 'pleroma', Readonly<Record<string, readonly Shape[]>>>> = {
  akkoma: {
    BackgroundWorker: [
      { queue: 'background', attempts: 1, args: z.union([deletion, forced, activation]) },
      { queue: 'background', attempts: 5, args: activation },
      {
        queue: 'background',
        attempts: 1,
        args: op('follow_import', { user_id: flake, identifier: z.string() }),
      },
    ],
    PublisherWorker: [
      {
        queue: 'federator_outgoing',
        attempts: 6,
        args: op('publish', { activity_id: flake, object_data: z.string().nullable() }),
      },
    ],
    BackupWorker: [
      {
        queue: 'backup',
        attempts: 1,
        args: op('process', { backup_id: number, admin_user_id: flake.nullable() }),
      },
    ],
    PurgeExpiredToken: [{ queue: 'token_expiration', attempts: 1, args: purge }],
    PurgeExpiredActivity: [{ queue: 'activity_expiration', attempts: 1, args: activity }],
    MailerWorker: [{ queue: 'mailer', attempts: 1, args: email }],
    AttachmentsCleanupWorker: [
      {
        queue: 'attachments_cleanup',
        attempts: 1,
        args: op('cleanup_attachments', { actor: z.url(), attachments: z.array(z.unknown()) }),
      },
    ],
    SearchIndexingWorker: [{ queue: 'search_indexing', attempts: 2, args: index }],
    WebPusherWorker: [{ queue: 'web_push', attempts: 1, args: push }],
    ScheduledActivityWorker: [{ queue: 'scheduled_activities', attempts: 1, args: scheduled }],
  },
  pleroma: {
    BackgroundWorker: [
      { queue: 'background', attempts: 20, args: z.union([forced, activation]) },
      { queue: 'background', attempts: 5, args: activation },
      { queue: 'background', attempts: 1, args: activation },
      {
        queue: 'background',
        attempts: 20,
        args: op('follow_import', { user_id: flake, identifiers: z.array(z.string()) }),
      },
    ],
    DeleteWorker: [{ queue: 'slow', attempts: 20, args: deletion }],
    PublisherWorker: [
      { queue: 'federator_outgoing', attempts: 5, args: op('publish', { activity_id: flake }) },
    ],
    BackupWorker: [
      {
        queue: 'slow',
        attempts: 1,
        args: op('process', { backup_id: number, admin_user_id: flake.nullable() }),
      },
    ],
    PurgeExpiredToken: [{ queue: 'background', attempts: 1, args: purge }],
    PurgeExpiredActivity: [{ queue: 'background', attempts: 1, args: activity }],
    MailerWorker: [{ queue: 'background', attempts: 20, args: email }],
    AttachmentsCleanupWorker: [
      {
        queue: 'slow',
        attempts: 20,
        args: op('cleanup_attachments', { object: z.strictObject({ data: z.looseObject({}) }) }),
      },
    ],
    SearchIndexingWorker: [{ queue: 'search_indexing', attempts: 2, args: index }],
    WebPusherWorker: [{ queue: 'web_push', attempts: 20, args: push }],
    ScheduledActivityWorker: [
      { queue: 'federator_outgoing', attempts: 1, args: scheduled },
      { queue: 'federator_outgoing', attempts: 5, args: scheduled },
    ],
  },
};

/** The jobs that fit no worker of this family. */
async function misshapen(): Promise<unknown[]> {
  return (await world.rows('oban_jobs')).filter((job) => {
    const { worker, queue, args, max_attempts: attempts } = job;
    const own = shapes[world.family][String(worker).replace('Pleroma.Workers.', '')] ?? [];
    const fits = (shape: Shape): boolean =>
      shape.queue === queue && shape.attempts === attempts && shape.args.safeParse(args).success;
    return !String(worker).startsWith('Steward.') && !own.some(fits);
  });
}

it('every job a mutation leaves has the shape its worker takes', async () => {
  const { inputs } = await makeScene(world);
  const client = createClient(sceneApp(), await world.token(world.admin));
  for (const name of mutations)
    await client.graphql(mutationDocument(name), { input: inputs[name] });
  expect(await misshapen()).toEqual([]);
  expect(new Set((await world.rows('oban_jobs')).map(({ worker }) => worker)).size).toBeGreaterThan(
    3,
  );
  // Pleroma's worker fails on a row without a directory.
  for (const { tempdir } of world.family === 'pleroma' ? await world.rows('backups') : []) {
    expect(tempdir).toMatch(/^\/.*\/backup-[\w-]{11}$/);
  }
});

it('every kind of job the outbox knows has the shape its worker takes', async () => {
  const uuid = '00000196-8f0a-0000-0000-0000000000a1';
  const hasTempdir = world.family === 'pleroma';
  const object = { actor: 'https://home.example/users/alice', attachment: [{ type: 'Image' }] };
  const jobs: { readonly [Purpose in Job['purpose']]?: Extract<Job, { purpose: Purpose }> } = {
    'delete-user': { purpose: 'delete-user', userId: uuid },
    'force-password-reset': { purpose: 'force-password-reset', userId: uuid },
    publish: { purpose: 'publish', activityId: uuid, isDelete: true, objectData: null },
    mail: { purpose: 'mail', encodedEmail: 'g2o=' },
    backup: { purpose: 'backup', backupId: 1n, adminId: null, hasTempdir },
    'purge-token': { purpose: 'purge-token', kind: 'mfa', tokenId: 1n, delay: 300 },
    'cleanup-attachments': { purpose: 'cleanup-attachments', object, delay: 10 },
    'remove-from-index': { purpose: 'remove-from-index', objectId: 1n },
    'web-push': { purpose: 'web-push', notificationId: 1n },
  };
  const all = Object.values(jobs);
  await world.database.transaction((tx) => enqueueAll(tx, world.family, all, new Date()));
  expect(await world.rows('oban_jobs')).toHaveLength(all.length);
  expect(await misshapen()).toEqual([]);
});
