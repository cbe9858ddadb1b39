import type { OperationContext } from '../context.js';
import type { Transaction } from '../database/database.js';
import { flakeFromUuid } from '../database/flake.js';
import { findUsers } from '../database/users.js';
import { profileUrlOf } from './users/model.js';
import {
  formatPlainText,
  mentionsIn,
  type Formatting,
  type FormattedPost,
} from '../federation/post-html.js';

/**
 * Plain text as the instance stores it, with links to the accounts it names
 * (docs/instance/moderation.md#text-as-html).
 */
export async function formattedText(
  context: OperationContext,
  tx: Transaction,
  text: string,
  options: Omit<Formatting, 'baseUrl' | 'find'>,
): Promise<FormattedPost> {
  const { baseUrl, host } = await context.instance();
  const names = mentionsIn(text);
  const found =
    names.length === 0
      ? []
      : await findUsers(
          tx,
          names.map((nickname) => ({ nickname })),
          host,
        );
  const accounts = new Map(names.map((name, index) => [name, found[index]]));
  return formatPlainText(text, {
    ...options,
    baseUrl,
    find: (name) => {
      const account = accounts.get(name);
      return (
        account && {
          id: flakeFromUuid(account.id),
          nickname: account.nickname ?? name,
          apId: account.apId,
          url: profileUrlOf(account),
        }
      );
    },
  });
}
