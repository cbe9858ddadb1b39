import { Option } from 'commander';
import {
  instanceDeactivateUsers,
  type InstanceResult,
} from '../../resolvers/users/instance-accounts.js';
import type { Unsubscribed } from '../../resolvers/users/unsubscribe.js';
import { instanceDelete } from '../../resolvers/users/instance-delete.js';
import { printableLine } from '../printable.js';
import { countOf } from '../targets.js';
import { task, type AddTask, type Work } from '../task.js';
import { deactivation, unsubscription } from './activation.js';

interface InstanceOptions {
  readonly subdomains?: boolean;
  readonly dryRun?: boolean;
}

/** `deactivate_all_from_instance`: the host as a whole, never part of another. */
export const deactivateAllTask = instanceTask(
  'deactivate_all_from_instance',
  'Deactivate all accounts of an instance and unsubscribe local users from them',
  false,
  ({ nickname, wasActive }) => [deactivation(nickname, wasActive)],
);

/** `unsubscribe_all_from_instance` (docs/documented-api.md#shell-tasks) */
export const unsubscribeAllTask = instanceTask(
  'unsubscribe_all_from_instance',
  'Unsubscribe local users from an instance and deactivate all accounts of it',
  true,
  unsubscription,
);

function instanceTask(
  name: string,
  summary: string,
  remoteFollows: boolean,
  linesOf: (account: Unsubscribed) => string[],
): AddTask {
  return task({
    words: `${name} <instance>`,
    summary,
    example: `${name} spam.example --subdomains --dry-run`,
    options: [
      new Option('--subdomains', 'also instances below this host'),
      new Option('--dry-run', 'only say which accounts it would be'),
    ],
    question: async ({ context }, { subdomains }: InstanceOptions, instance: string) => {
      const { count } = await instanceDeactivateUsers(context, {
        instance,
        subdomains,
        dryRun: true,
        remoteFollows,
      });
      return count === 0
        ? undefined
        : `Deactivate ${countOf(count, 'account', 'accounts')} of ${printableLine(instance)}?`;
    },
    run: async (
      { context, say }: Work,
      { subdomains, dryRun }: InstanceOptions,
      instance: string,
    ) => {
      const result = await instanceDeactivateUsers(context, {
        instance,
        subdomains,
        dryRun,
        remoteFollows,
      });
      for (const account of result.accounts) linesOf(account).forEach(say);
      if (dryRun === true) preview(result).forEach(say);
      return {
        count: result.count,
        sample: result.sample.map(({ nickname }) => nickname),
        dryRun: dryRun === true,
      };
    },
  });
}

/** `delete_instance`: no task of the instance's own, which has a route for it. */
export const deleteInstanceTask = task({
  words: 'delete_instance <instance>',
  summary: 'Have the instance delete all accounts of another instance; cannot be undone',
  example: 'delete_instance spam.example --dry-run',
  options: [new Option('--dry-run', 'only say which accounts it would be')],
  question: async ({ context }, _options: InstanceOptions, instance: string) => {
    const { count } = await instanceDelete(context, { instance, dryRun: true });
    return count === 0
      ? undefined
      : `Delete ${countOf(count, 'account', 'accounts')} of ${printableLine(instance)} for ever?`;
  },
  run: async ({ context, say }: Work, { dryRun = false }: InstanceOptions, instance: string) => {
    const result = await instanceDelete(context, { instance, dryRun });
    (dryRun
      ? preview(result, 'deleted')
      : [`The instance was told to delete ${countOf(result.count, 'account', 'accounts')}.`]
    ).forEach(say);
    return { count: result.count, sample: result.sample.map(({ nickname }) => nickname), dryRun };
  },
});

function preview(
  { count, sample }: Pick<InstanceResult, 'count' | 'sample'>,
  done = 'deactivated',
): string[] {
  return [
    `${String(count)} accounts would be ${done}.`,
    ...sample.map(({ nickname }) => `  ${nickname ?? ''}`),
    ...(count > sample.length ? ['  …'] : []),
  ];
}
