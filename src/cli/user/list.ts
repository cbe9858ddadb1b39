import type { UserRow } from '../../database/users.js';
import { localUsersList } from '../../resolvers/users/list-local.js';
import { shown } from '../targets.js';
import { task, type Work } from '../task.js';

/** `list`: every local account, oldest first. */
export const listTask = task({
  words: 'list',
  summary: 'List local accounts',
  example: 'list',
  readOnly: true,
  run: async ({ context, say }: Work, { json = false }: { readonly json?: boolean }) => {
    const all: Record<string, unknown>[] = [];
    for (
      let page = await localUsersList(context, { after: undefined });
      page.length > 0;
      page = await localUsersList(context, { after: page.at(-1)?.id })
    ) {
      page.map(lineOf).forEach(say);
      if (json) all.push(...page.map(shown));
    }
    return all;
  },
});

function lineOf({ nickname, isModerator, isAdmin, isLocked, isActive }: UserRow): string {
  return `${nickname ?? ''} moderator: ${String(isModerator)}, admin: ${String(isAdmin)}, locked: ${String(isLocked)}, is_active: ${String(isActive)}`;
}
