import { Option } from 'commander';
import { userDeleteActivities } from '../../resolvers/users/delete-activities.js';
import { usersDelete } from '../../resolvers/users/delete.js';
import { showProgress } from '../progress.js';
import { findLocalUser, referenceTo, shown } from '../targets.js';
import { task, type Work } from '../task.js';

/** `rm`: the Delete is signed by the account itself, so that its followers hear of it. */
export const removeTask = task({
  words: 'rm <nickname>',
  summary: 'Delete a local account; cannot be undone',
  example: 'rm spammer --yes',
  question: (nickname) => `Delete the account ${nickname} for ever?`,
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const user = await findLocalUser(context, nickname);
    await usersDelete(context, { users: [referenceTo(user)] });
    say(`User ${nickname} deleted.`);
    return { deleted: shown(user) };
  },
});

/** `delete_activities`: in batches; begun again after a crash it goes on where it was. */
export const deleteActivitiesTask = task({
  words: 'delete_activities <nickname>',
  summary: "Delete a local account's posts and take its likes and boosts back; cannot be undone",
  example: 'delete_activities spammer --dry-run',
  options: [new Option('--dry-run', 'only count them')],
  question: (nickname) => `Delete all posts and interactions of ${nickname} for ever?`,
  run: async ({ context, say, output }: Work, { dryRun = false }: { readonly dryRun?: boolean }, nickname: string) => {
    const user = await findLocalUser(context, nickname);
    const onProgress = showProgress(output, 'posts and interactions');
    const { statuses, reactions, remaining } = await userDeleteActivities(context, { user: referenceTo(user), dryRun, onProgress });
    say(dryRun ? `${String(statuses)} statuses, ${String(reactions)} likes and boosts of ${nickname} would be deleted.` : `User ${nickname} statuses deleted.`);
    return { dryRun, statuses, reactions, remaining };
  },
});
