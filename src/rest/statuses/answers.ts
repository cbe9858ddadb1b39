import type { AccountRow } from '../../database/accounts.js';
import type { OperationContext } from '../../context.js';
import { flakeFromUuid } from '../../database/flake.js';
import { textOf, type JsonObject } from '../../database/json.js';
import type { StatusRow } from '../../database/statuses.js';
import { ownTick } from '../../instance/own-tick.js';
import { isPublic, mentionedApIds } from '../../resolvers/statuses/addressing.js';
import { attachmentApIds } from '../../resolvers/statuses/media.js';
import { authorOf, contentLengthOf } from '../../resolvers/statuses/model.js';
import { previewOf } from '../../resolvers/statuses/preview.js';
import { reactionsOf } from '../../resolvers/statuses/reactions.js';
import { isPubliclyVisible } from '../../resolvers/users/model.js';
import type { Dialect } from '../dialect.js';
import { mastodonAccount, mergedAccount } from '../serialize/mastodon-account.js';
import {
  mastodonReblog,
  mastodonStatus,
  quotedApId,
  type Quote,
  type StatusSetting,
} from '../serialize/status.js';

/**
 * Which account JSON stands in a status: Mastodon's, or that merged with the admin's
 * (docs/instance/moderation.md#status-json).
 */
export type AccountForm = 'mastodon' | 'merged';

/**
 * One status as Mastodon JSON, as PUT, respond and reports show it; null when its object is gone. The legacy dialect always has the merged
 * account: more keys than the documents show, which the dashboards of that time read
 * (docs/instance/admin-fe.md#every-request).
 */
export async function statusJson(
  context: OperationContext,
  dialect: Dialect,
  row: StatusRow,
  account: AccountForm = 'mastodon',
): Promise<unknown> {
  const setting = {
    instance: await context.instance(),
    family: context.database.family,
    dialect,
    now: context.now(),
  };
  const form = dialect === 'legacy' ? 'merged' : account;
  return row.type === 'Announce'
    ? reblogJson(context, row, form, setting)
    : createJson(context, row, form, setting);
}

/** The same for many, in a constant number of statements; those whose object is gone are left out. */
export async function statusesJson(
  context: OperationContext,
  dialect: Dialect,
  rows: readonly StatusRow[],
  account: AccountForm = 'mastodon',
): Promise<unknown[]> {
  const all = await Promise.all(rows.map((row) => statusJson(context, dialect, row, account)));
  return all.filter((json) => json !== null);
}

async function createJson(
  context: OperationContext,
  row: StatusRow,
  form: AccountForm,
  setting: StatusSetting,
  withQuote = true,
): Promise<Record<string, unknown> | null> {
  const { object } = row;
  if (!object) return null;
  const { loaders } = context;
  const [{ author, account }, mentioned, parent, quote, preview, mediaIds, reactors] =
    await Promise.all([
      authorJson(context, row, form, setting),
      mentionedAccounts(context, row, object, setting.dialect),
      parentOf(context, textOf(object['inReplyTo'])),
      quoteOf(context, quotedApId(object, setting.family), form, setting, withQuote),
      previewOf(context, row, object),
      valuesByKey(attachmentApIds(object), (apId) => loaders.objectId.load(apId)),
      valuesByKey(
        reactionsOf(object).flatMap(({ actors }) => actors),
        (apId) => loaders.accountByApId.load(apId),
      ),
    ]);
  const accountId = (apId: string): string | undefined => {
    const reactor = reactors.get(apId);
    return reactor && flakeFromUuid(reactor.id);
  };
  await ownTick(contentLengthOf(object));
  return mastodonStatus(
    row,
    object,
    {
      author,
      account,
      mentioned,
      parent,
      quote,
      preview,
      mediaId: (apId) => mediaIds.get(apId),
      accountId,
    },
    setting,
  );
}

/** The outer status of a boost, around the inner one, whose author is shown Mastodon's way. */
async function reblogJson(
  context: OperationContext,
  row: StatusRow,
  form: AccountForm,
  setting: StatusSetting,
): Promise<unknown> {
  const { loaders } = context;
  const objectId = textOf(row.object?.['id']);
  const [author, mentioned, original] = await Promise.all([
    authorJson(context, row, form, setting),
    accountsOf(context, row.recipients),
    objectId === undefined ? undefined : loaders.statusByApId.load(objectId),
  ]);
  const inner = original ? await createJson(context, original, 'mastodon', setting) : null;
  return inner && mastodonReblog(row, inner, author.account, mentioned, setting);
}

async function authorJson(
  { loaders }: OperationContext,
  row: StatusRow,
  form: AccountForm,
  setting: StatusSetting,
): Promise<{ author: AccountRow | undefined; account: unknown }> {
  const apId = authorOf(row);
  const author = apId === undefined ? undefined : await loaders.accountByApId.load(apId);
  if (!author || (form === 'mastodon' && !isPubliclyVisible(author)))
    return { author, account: {} };
  const extras = await loaders.extras.load(author.id);
  await ownTick(author.bio.length);
  return {
    author,
    account: (form === 'merged' ? mergedAccount : mastodonAccount)(author, extras, setting),
  };
}

/**
 * The documents' generation mentioned everybody a status was delivered to, the author too
 * (docs/instance/moderation.md#responding-to-a-report).
 */
async function mentionedAccounts(
  context: OperationContext,
  row: StatusRow,
  object: JsonObject,
  dialect: Dialect,
): Promise<AccountRow[]> {
  return accountsOf(
    context,
    dialect === 'legacy' ? [...mentionedApIds(object), ...row.recipients] : mentionedApIds(object),
  );
}

async function accountsOf(
  { loaders }: OperationContext,
  apIds: readonly string[],
): Promise<AccountRow[]> {
  const found = await Promise.all(
    [...new Set(apIds)].map((apId) => loaders.accountByApId.load(apId)),
  );
  return found.filter((account) => account !== undefined);
}

async function parentOf(
  { loaders }: OperationContext,
  apId: string | undefined,
): Promise<{ row: StatusRow; author: AccountRow | undefined } | undefined> {
  const row = apId === undefined ? undefined : await loaders.statusByApId.load(apId);
  const authorApId = row && authorOf(row);
  return (
    row && {
      row,
      author: authorApId === undefined ? undefined : await loaders.accountByApId.load(authorApId),
    }
  );
}

/**
 * The quoted status, with its JSON where everybody may see it; of a quote within a quote only the
 * id.
 */
async function quoteOf(
  context: OperationContext,
  apId: string | undefined,
  form: AccountForm,
  setting: StatusSetting,
  whole: boolean,
): Promise<Quote | undefined> {
  const row = apId === undefined ? undefined : await context.loaders.statusByApId.load(apId);
  if (!row) return undefined;
  const visible = isPublic(row.activity);
  // Today's lists replace only the account of the outer status.
  const quotedForm = setting.dialect === 'legacy' ? form : 'mastodon';
  return {
    id: flakeFromUuid(row.id),
    isPublic: visible,
    json: whole && visible ? await createJson(context, row, quotedForm, setting, false) : null,
  };
}

async function valuesByKey<Value>(
  keys: readonly string[],
  load: (key: string) => Promise<Value>,
): Promise<Map<string, Value>> {
  return new Map(
    await Promise.all([...new Set(keys)].map(async (key) => [key, await load(key)] as const)),
  );
}
