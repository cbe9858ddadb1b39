import type { OperationContext } from '../../context.js';
import type { UserRow } from '../../database/users.js';
import { list, text } from '../../erlang/term.js';
import { toElixir } from '../../erlang/to-elixir.js';
import { usersTag, usersUntag, type TagInput } from '../../resolvers/users/tag.js';
import { findUser, referenceTo, shown } from '../targets.js';
import { task, type AddTask, type Work } from '../task.js';

/** `tag` */
export const tagTask = tagging('tag', 'Add tags to an account', usersTag);
/** `untag` */
export const untagTask = tagging('untag', 'Take tags from an account', usersUntag);

function tagging(
  name: string,
  summary: string,
  change: (context: OperationContext, input: TagInput) => Promise<UserRow[]>,
): AddTask {
  return task({
    words: `${name} <nickname> [tags...]`,
    summary,
    example: `${name} lain mrf_tag:sandbox`,
    rehearsable: true,
    run: async (
      { context, say }: Work,
      _options: object,
      nickname: string,
      tags: readonly string[],
    ) => {
      const user = await findUser(context, nickname, `Could not change user tags for ${nickname}`);
      const [now = user] = await change(context, { users: [referenceTo(user)], tags });
      say(`Tags of ${now.nickname ?? ''}: ${toElixir(list(now.tags.map(text)))}`);
      return shown(now);
    },
  });
}
