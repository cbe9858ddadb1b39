import type { OperationContext } from '../../context.js';
import { flakeFromUuid } from '../../database/flake.js';
import { textOf, type JsonObject } from '../../database/json.js';
import type { StatusRow } from '../../database/statuses.js';
import { firstLink } from '../../instance/html.js';
import { ownTick } from '../../instance/own-tick.js';

/**
 * What the instance knows of the page a status links to; undefined without a link, or as long as nothing is known. Akkoma asks for
 * what it does not know whenever it shows a status, so Steward leaves it the same job
 * (docs/instance/jobs.md#jobs-by-purpose).
 */
export async function previewOf(
  context: OperationContext,
  row: StatusRow,
  object: JsonObject,
): Promise<JsonObject | undefined> {
  const { database, loaders } = context;
  if (!database.schema.optional.previewCards) return undefined;
  const content = textOf(object['content']) ?? '';
  await ownTick(content.length);
  const url = firstLink(content);
  if (url === undefined) return undefined;
  const card = await loaders.previewCard.load(url);
  if (!card && database.family === 'akkoma' && (await context.instance()).richMedia)
    await loaders.previewRequest.load({ url, activityId: flakeFromUuid(row.id) });
  return card;
}
