import { usersActivate, userToggleActivation } from '../../resolvers/users/activation.js';
import { usersUnsubscribe, type Unsubscribed } from '../../resolvers/users/unsubscribe.js';
import { findUser, referenceTo, shown } from '../targets.js';
import { task, type Work } from '../task.js';

/** `activate` */
export const activateTask = task({
  words: 'activate <nickname>',
  summary: 'Activate an account',
  example: 'activate lain',
  rehearsable: true,
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const user = await findUser(context, nickname);
    const [now = user] = user.isActive
      ? []
      : await usersActivate(context, { users: [referenceTo(user)] });
    say(
      user.isActive ? `User ${nickname} already activated` : `Successfully activated ${nickname}`,
    );
    return shown(now);
  },
});

/** `deactivate` */
export const deactivateTask = task({
  words: 'deactivate <nickname>',
  summary: 'Deactivate an account and unsubscribe local users from it',
  example: 'deactivate spammer@example.com',
  rehearsable: true,
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const { unsubscribed } = await usersUnsubscribe(context, {
      users: [referenceTo(await findUser(context, nickname))],
    });
    unsubscribed.forEach(({ wasActive }) => {
      say(deactivation(nickname, wasActive));
    });
    return unsubscribed[0];
  },
});

/** `toggle_activated` (docs/documented-api.md#shell-tasks) */
export const toggleActivatedTask = task({
  words: 'toggle_activated <nickname>',
  summary: 'Deactivate an active account, activate an inactive one',
  example: 'toggle_activated lain',
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const user = await userToggleActivation(context, {
      user: referenceTo(await findUser(context, nickname)),
    });
    say(`Activation status of ${nickname}: ${user.isActive ? 'activated' : 'deactivated'}`);
    return shown(user);
  },
});

/** `unsubscribe` (docs/documented-api.md#shell-tasks) */
export const unsubscribeTask = task({
  words: 'unsubscribe <nickname>',
  summary: 'Unsubscribe local users from an account, and it from everybody, and deactivate it',
  example: 'unsubscribe spammer@example.com --dry-run',
  rehearsable: true,
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const { unsubscribed } = await usersUnsubscribe(context, {
      users: [referenceTo(await findUser(context, nickname))],
      remoteFollows: true,
    });
    unsubscribed.flatMap(unsubscription).forEach(say);
    return unsubscribed[0];
  },
});

/** The line of `deactivate`. */
export function deactivation(nickname: string, wasActive: boolean): string {
  return wasActive
    ? `Successfully deactivated ${nickname} and unsubscribed all local followers`
    : `User ${nickname} already deactivated`;
}

/** The lines of `unsubscribe` as it was in 2019 (docs/instance/accounts.md#shell-tasks). */
export function unsubscription({ nickname, from }: Unsubscribed): string[] {
  return [
    `Deactivating ${nickname}`,
    ...from.map((other) => `Unsubscribing ${other} from ${nickname}`),
    `Successfully unsubscribed all followers from ${nickname}`,
  ];
}
