import { Option } from 'commander';
import { userDeleteActivities } from '../../resolvers/users/delete-activities.js';
import { usersDelete } from '../../resolvers/users/delete.js';
import { showProgress } from '../progress.js';
import { printableLine } from '../printable.js';
import { accountLine, countOf, findLocalUser, referenceTo, shown } from '../targets.js';
import { task, type Work } from '../task.js';

/** `rm`: the Delete is signed by the account itself, so that its followers hear of it. */
export const removeTask = task({
  words: 'rm <nickname>',
  summary: 'Delete a local account; cannot be undone',
  example: 'rm spammer --yes',
  rehearsable: true,
  question: async ({ context }, _options, nickname) =>
    `${accountLine(await findLocalUser(context, nickname))}\nDelete the account ${printableLine(nickname)} for ever?`,
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
  question: async ({ context }, _options, nickname) => {
    const { statuses, reactions } = await userDeleteActivities(context, {
      user: referenceTo(await findLocalUser(context, nickname)),
      dryRun: true,
    });
    return statuses + reactions === 0
      ? undefined
      : `Delete ${countOf(statuses, 'status', 'statuses')} of ${printableLine(nickname)} and take ${countOf(reactions, 'like or boost', 'likes and boosts')} back, for ever?`;
  },
  run: async (
    { context, say, output }: Work,
    { dryRun = false }: { readonly dryRun?: boolean },
    nickname: string,
  ) => {
    const user = await findLocalUser(context, nickname);
    const onProgress = showProgress(output, 'posts and interactions');
    const { statuses, reactions, remaining } = await userDeleteActivities(context, {
      user: referenceTo(user),
      dryRun,
      onProgress,
    });
    say(
      dryRun
        ? `${String(statuses)} statuses, ${String(reactions)} likes and boosts of ${nickname} would be deleted.`
        : `User ${nickname} statuses deleted.`,
    );
    return { dryRun, statuses, reactions, remaining };
  },
});
