import type { OperationContext } from '../../context.js';
import { lockAccountsOfHost } from '../../database/user-crowds.js';
import { usersByIds, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { demandHost } from '../hosts.js';
import { operation } from '../operation.js';
import { demandPreview, previewTokenOf, sampleSize, type Preview } from '../preview.js';
import { activationChange } from './activation.js';
import { isChanged, unsubscribe, type Unsubscribed } from './unsubscribe.js';

export interface InstanceInput {
  /** Host of the other instance, and nothing else. */
  readonly instance: string;
  /** Also hosts below it. */
  readonly subdomains?: boolean | undefined;
  /** As in `usersUnsubscribe`. */
  readonly remoteFollows?: boolean | undefined;
  /** Only says which accounts it would be. */
  readonly dryRun?: boolean | undefined;
  readonly previewToken?: string | undefined;
}

export interface InstanceResult extends Preview<UserRow> {
  /** Every account of the host, as it was dealt with; empty for a dry run. */
  readonly accounts: readonly Unsubscribed[];
}

/** How many accounts a log row names. */
const maxNamed = 100;

/**
 * Deactivates every account of another instance and unsubscribes local users from them, in one
 * transaction, as the task `deactivate_all_from_instance` promises
 * (docs/instance/accounts.md#shell-tasks). The host must match as a whole
 * (docs/security-checklist.md#s15).
 * @throws OperationError INVALID for what is no host, or is this instance's own; CONFLICT as {@link demandPreview}.
 */
export const instanceDeactivateUsers = operation({
  name: 'instanceDeactivateUsers',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { role: 'admin', privilege: 'users_manage_activation_state' },
  },
  run: async (
    context,
    {
      instance,
      subdomains = false,
      remoteFollows = false,
      dryRun = false,
      previewToken,
    }: InstanceInput,
  ): Promise<InstanceResult> => {
    const host = await demandOtherHost(context, instance, subdomains);
    return activationChange(context, async (tx, prepare) => {
      const found = await lockAccountsOfHost(tx, host, subdomains);
      const meant = found.filter((account) => account.isActive || remoteFollows);
      const ids = meant.map(({ id }) => id);
      const preview = {
        count: ids.length,
        previewToken: previewTokenOf(`deactivate ${host}`, ids),
      };
      if (dryRun)
        return { ...preview, sample: await usersByIds(tx, ids.slice(0, sampleSize)), accounts: [] };
      demandPreview(context, preview.previewToken, ids.length, previewToken);
      await prepare(ids);
      const accounts = await unsubscribe(context, tx, found, remoteFollows);
      const subject = meant.slice(0, maxNamed).map(loggedUser);
      if (accounts.some(isChanged))
        await writeLog(context, tx, {
          action: 'deactivate',
          subject,
          steward_action: 'unsubscribe',
          steward_details: { instance: host, subdomains, total: ids.length },
        });
      return { ...preview, sample: await usersByIds(tx, ids.slice(0, sampleSize)), accounts };
    });
  },
});

/** The host of another instance. @throws OperationError INVALID for what is no host, or is this instance's own. */
export async function demandOtherHost(
  context: OperationContext,
  text: string,
  subdomains: boolean,
): Promise<string> {
  const host = demandHost(text, ['instance']);
  const own = (await context.instance()).host.toLowerCase();
  if (host === own) throw failure('INVALID', `${host} is this instance.`, ['instance']);
  if (subdomains && (!host.includes('.') || own.endsWith(`.${host}`)))
    throw failure('INVALID', `There are too many hosts below ${host}.`, ['instance']);
  return host;
}
