import type { OperationContext } from '../context.js';
import type { Transaction } from '../database/database.js';
import { accountsAndFetchActor } from '../database/fetch-actor.js';
import { flakeFromUuid } from '../database/flake.js';
import type { CompanionArgs, Job } from '../federation/jobs.js';
import { enqueueAll } from '../federation/outbox.js';
import { touchAccounts } from '../federation/touch.js';

/** Notes of {@link Effect}, as callers read them. */
export const notes = {
  accounts: 'The instance refreshes the accounts when it runs the job.',
  activation: 'The instance takes the new state over when it runs the job.',
  inactive: 'The instance sees changes of a deactivated account once it is activated.',
  remote:
    'The instance keeps remote accounts in its cache. Without the companion module it sees the change ' +
    'after a restart, or once the account has left the cache.',
  restart:
    'The instance has no actor internal.fetch, by which its cache could be refreshed. It sees the change ' +
    'after a restart.',
  companion: 'The companion module takes the change over when the instance runs the job.',
  pages:
    'Clients see the change at once. Without the companion module the instance goes on giving other servers ' +
    'the old version from its cache, until it restarts.',
  settings:
    'The instance reads settings when it starts; with the companion module it reads them at once.',
  reload: 'The companion module reads the settings anew when the instance runs the job.',
  welcome:
    'The welcome mail is a template with code, or the welcome is a chat message: only the companion module ' +
    'could send it.',
  deletion: 'The instance deletes the accounts when it runs the job.',
  job: 'The instance carries the rest out when it runs the job.',
} as const;

/**
 * Leaves jobs for the instance in the caller's transaction and tells the caller of them.
 * @param note what waits for them; absent = the change is whole without them, as a mail or what other servers
 * are told.
 */
export async function leaveJobs(
  context: OperationContext,
  tx: Transaction,
  jobs: readonly Job[],
  note?: string,
): Promise<void> {
  if (jobs.length === 0) return;
  const left = await enqueueAll(tx, context.database.family, jobs, context.now());
  if (note === undefined) context.effects.add('IMMEDIATE', left);
  else context.effects.add('QUEUED', left, note);
}

/**
 * Makes the running instance notice that accounts changed; call it once in the transaction of the change,
 * after it. Active local accounts are refreshed by a job of the instance itself; the others only the
 * companion module can refresh.
 * @param ids uuids of the accounts whose rows changed.
 */
export async function noticeAccounts(
  context: OperationContext,
  tx: Transaction,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const { accounts, actor } = await accountsAndFetchActor(tx, ids);
  const reached = actor ? accounts.filter(({ local, isActive }) => local && isActive) : [];
  if (actor && reached.length > 0) {
    const touched = reached.map(({ id }) => id);
    const jobs = await touchAccounts(tx, context.database.family, actor, touched, context.now());
    context.effects.add('QUEUED', jobs, notes.accounts);
  }
  const left = accounts.filter((account) => !reached.includes(account));
  if (left.length === 0) return;
  if (context.companion.isThere) {
    await forget(context, tx, { users: left.map(({ id }) => flakeFromUuid(id)) });
    return;
  }
  const [remote, local] = [left.filter((one) => !one.local), left.filter((one) => one.local)];
  if (remote.length > 0) context.effects.add('NEEDS_MODULE', [], notes.remote);
  if (local.some(({ isActive }) => isActive))
    context.effects.add('NEEDS_RESTART', [], notes.restart);
  if (local.some(({ isActive }) => !isActive)) context.effects.add('IMMEDIATE', [], notes.inactive);
}

type Forgotten = Omit<Extract<CompanionArgs, { readonly op: 'forget' }>, 'op'>;

/** Lets the companion module clear the instance's caches of these; only where it is there. */
export async function forget(
  context: OperationContext,
  tx: Transaction,
  what: Forgotten,
): Promise<void> {
  await leaveForCompanion(context, tx, { op: 'forget', ...what });
}

/** Leaves a job for the companion module, which carries the change; only where it is there. */
export async function leaveForCompanion(
  context: OperationContext,
  tx: Transaction,
  args: CompanionArgs,
): Promise<void> {
  await leaveJobs(context, tx, [{ purpose: 'companion', args }], notes.companion);
}
