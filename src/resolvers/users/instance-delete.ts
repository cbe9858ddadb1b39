import type { OperationContext } from '../../context.js';
import { accountsTakenBy, type TakenAccount } from '../../database/user-crowds.js';
import type { Transaction } from '../../database/database.js';
import { usersByIds, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import type { Job } from '../../federation/jobs.js';
import { hostForms } from '../../lib/hosts.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { leaveJobs, notes } from '../notice.js';
import { operation } from '../operation.js';
import { demandPreview, previewTokenOf, sampleSize, type Preview } from '../preview.js';
import { demandOtherHost } from './instance-accounts.js';

export interface InstanceDeleteInput {
  /** Host of the other instance, and nothing else. */
  readonly instance: string;
  /** Only says which accounts it would be. */
  readonly dryRun?: boolean | undefined;
  readonly previewToken?: string | undefined;
}

/** How many accounts a log row names, and other hosts a refusal. */
const maxNamed = { accounts: 100, hosts: 5 };

/**
 * Has the instance delete every account of another instance, with their statuses, by its own job
 * (docs/instance/jobs.md#jobs-by-purpose). The job takes whoever has the host anywhere behind the `@`: it is
 * left only where that is nobody of another host.
 * @throws OperationError INVALID for what is no host, or is this instance's own; CONFLICT when accounts of other
 * hosts would be taken too, which the message names, and as {@link demandPreview}.
 */
export const instanceDelete = operation({
  name: 'instanceDelete',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { role: 'admin', privilege: 'instances_delete' },
  },
  run: (context, input: InstanceDeleteInput): Promise<Preview<UserRow>> =>
    deleteInstance(context, input, true),
});

/** The same at once, for whom the instance's own route lets do it. */
export const instanceDeleteAsStaff = operation({
  name: 'instanceDeleteAsStaff',
  access: {
    role: 'staff',
    scope: 'admin:write:accounts',
    otherScope: 'admin:write:statuses',
    pleroma: { privilege: 'instances_delete' },
  },
  run: async (context, { instance }: Pick<InstanceDeleteInput, 'instance'>): Promise<void> => {
    await deleteInstance(context, { instance }, false);
  },
});

async function deleteInstance(
  context: OperationContext,
  { instance, dryRun = false, previewToken }: InstanceDeleteInput,
  needsPreview: boolean,
): Promise<Preview<UserRow>> {
  const host = await demandOtherHost(context, instance, false);
  return context.database.transaction(async (tx) => {
    const { accounts, jobs } = await planOf(tx, host);
    const ids = accounts.map(({ id }) => id);
    const sample = await usersByIds(tx, ids.slice(0, sampleSize));
    const preview = {
      count: ids.length,
      previewToken: previewTokenOf(`delete ${host}`, ids),
      sample,
    };
    if (dryRun) return preview;
    if (needsPreview) demandPreview(context, preview.previewToken, ids.length, previewToken);
    await leaveJobs(context, tx, jobs, notes.deletion);
    await writeLog(context, tx, {
      action: 'delete',
      subject: accounts.slice(0, maxNamed.accounts).map(loggedUser),
      steward_action: 'delete_instance',
      steward_details: { instance: host, total: ids.length },
    });
    return preview;
  });
}

/** The accounts of the host and the jobs that take them: one for each spelling that accounts have, at least one. */
async function planOf(
  tx: Transaction,
  host: string,
): Promise<{ readonly accounts: TakenAccount[]; readonly jobs: Job[] }> {
  const forms = hostForms(host);
  const found = new Map<string, TakenAccount>();
  const jobs: Job[] = [];
  for (const form of forms) {
    const taken = await accountsTakenBy(tx, form);
    refuseOthers(host, forms, taken);
    for (const account of taken) found.set(account.id, account);
    if (form === host || taken.length > 0) jobs.push({ purpose: 'delete-instance', host: form });
  }
  const accounts = [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return { accounts, jobs };
}

function refuseOthers(
  host: string,
  forms: readonly string[],
  taken: readonly TakenAccount[],
): void {
  const others = [...new Set(taken.map((account) => account.host))].filter(
    (one) => !forms.includes(one),
  );
  if (others.length === 0) return;
  const named = others.slice(0, maxNamed.hosts).join(', ');
  const more =
    others.length > maxNamed.hosts ? `, and ${String(others.length - maxNamed.hosts)} more` : '';
  throw failure(
    'CONFLICT',
    `The instance would also delete the accounts of ${named}${more}: it takes every host that begins like ` +
      `${host}. Deactivate the accounts of ${host} instead.`,
    ['instance'],
  );
}
