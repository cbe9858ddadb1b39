import { isQueueRunning } from '../database/instance-queue.js';
import { sentencesOf, type Effect, type EffectJob, type EffectKind } from '../instance/effect.js';
import { builder } from './builder.js';

const kinds: Readonly<Record<EffectKind, { readonly description: string }>> = {
  IMMEDIATE: {
    description: 'The instance reads the change from its tables; there is nothing to wait for.',
  },
  QUEUED: { description: "A job in the instance's own queue carries the change: see `jobs`." },
  NEEDS_MODULE: {
    description:
      'The instance keeps the old state in its cache; only the companion module can clear it.',
  },
  NEEDS_RESTART: { description: 'The instance takes the change over when it starts again.' },
};

const EffectKindEnum = builder.enumType('InstanceEffectKind', {
  description: 'How a running instance notices a change, from the quickest way to the slowest.',
  values: kinds,
});

const EffectJobType = builder.objectRef<EffectJob>('InstanceEffectJob').implement({
  description: "A job in the instance's own queue, a row of `oban_jobs`.",
  fields: (t) => ({
    databaseId: t.string({
      nullable: false,
      description: 'Id of the row.',
      resolve: ({ id }) => String(id),
    }),
    worker: t.exposeString('worker', {
      nullable: false,
      description: 'The Elixir module that runs it.',
    }),
    queue: t.exposeString('queue', { nullable: false, description: 'The queue it waits in.' }),
  }),
});

/** How the running instance notices what a mutation changed. */
export const InstanceEffect = builder.objectRef<Effect>('InstanceEffect').implement({
  description:
    'How the running instance notices what a mutation changed. Akkoma and Pleroma keep accounts, objects and pages in caches that never expire.',
  fields: (t) => ({
    kind: t.field({
      type: EffectKindEnum,
      nullable: false,
      description: 'The slowest way among those that apply.',
      resolve: ({ kind }) => kind,
    }),
    jobs: t.field({
      type: [EffectJobType],
      nullable: false,
      description:
        'The jobs the mutation left for the instance, those for mails and other servers included. They are part of its transaction.',
      resolve: ({ jobs }) => [...jobs],
    }),
    message: t.string({
      nullable: false,
      description: 'What the instance sees and when, in plain words.',
      resolve: async (effect, _args, { operation: { database } }) =>
        sentencesOf(effect, await isQueueRunning(database)).join(' '),
    }),
    isQueueRunning: t.boolean({
      description:
        "Whether the instance's queue runs now. While it does not, jobs wait. Null = Steward cannot see it.",
      resolve: (_effect, _args, { operation: { database } }) => isQueueRunning(database),
    }),
  }),
});
