import type { Command } from 'commander';
import type { Shell } from '../task.js';
import {
  activateTask,
  deactivateTask,
  toggleActivatedTask,
  unsubscribeTask,
} from './activation.js';
import {
  confirmAllTask,
  confirmTask,
  sendConfirmationTask,
  toggleConfirmedTask,
  unconfirmAllTask,
} from './confirmation.js';
import { createTask } from './create.js';
import { setTask } from './flags.js';
import { fixFollowStateTask } from './follow-state.js';
import { deactivateAllTask, deleteInstanceTask, unsubscribeAllTask } from './instances.js';
import { invitesTask, inviteTask, revokeInviteTask } from './invites.js';
import { listTask } from './list.js';
import { deleteActivitiesTask, removeTask } from './remove.js';
import { resetMfaTask, resetPasswordTask, signOutTask } from './sign-in.js';
import { tagTask, untagTask } from './tags.js';

/**
 * `user …`: the tasks of every documented generation, with their arguments and their output
 * (docs/documented-api.md#shell-tasks, docs/instance/accounts.md#shell-tasks).
 */
export function addUserTasks(program: Command, shell: Shell): void {
  const user = program
    .command('user')
    .description('Accounts and invites: the documented pleroma_ctl tasks of every generation')
    .addHelpText(
      'after',
      '\nExample:\n  steward user new lain lain@example.com --admin\n  pleroma_ctl user list',
    );
  for (const add of [
    createTask,
    listTask,
    inviteTask,
    invitesTask,
    revokeInviteTask,
    removeTask,
    deleteActivitiesTask,
    signOutTask,
    activateTask,
    deactivateTask,
    toggleActivatedTask,
    deactivateAllTask,
    unsubscribeTask,
    unsubscribeAllTask,
    deleteInstanceTask,
    resetPasswordTask,
    resetMfaTask,
    setTask,
    tagTask,
    untagTask,
    confirmTask,
    toggleConfirmedTask,
    confirmAllTask,
    unconfirmAllTask,
    sendConfirmationTask,
    fixFollowStateTask,
  ])
    add(user, shell);
}
