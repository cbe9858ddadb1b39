import { createHash } from 'node:crypto';
import type { Transaction } from './database.js';
import type { JsonObject } from './json.js';

/** A link whose preview is wanted, and the flake text of the status it stands in. */
export interface PreviewRequest {
  readonly url: string;
  readonly activityId: string;
}

const worker = 'Pleroma.Web.RichMedia.Backfill';

/** What the instance has found out about pages, by their addresses: the fields of `rich_media_card`. */
export async function previewCards(
  tx: Transaction,
  urls: readonly string[],
): Promise<Map<string, JsonObject>> {
  const rows = await tx.$queryRaw<{ hash: string; fields: JsonObject }[]>`
    select encode(c.url_hash, 'hex') as hash, c.fields from rich_media_card c
    where c.url_hash = any(select decode(hash, 'hex') from unnest(${urls.map(hashOf)}::text[]) as wanted (hash)) and c.fields is not null`;
  const byHash = new Map(rows.map(({ hash, fields }) => [hash, fields]));
  return new Map(
    urls.flatMap((url) => {
      const fields = byHash.get(hashOf(url));
      return fields ? [[url, fields] as const] : [];
    }),
  );
}

/**
 * Leaves Akkoma the jobs its own rendering would have left: to fetch these pages. None for a page asked for within the last five minutes,
 * as the worker's own rule has it.
 */
export async function requestPreviews(
  tx: Transaction,
  requests: readonly PreviewRequest[],
): Promise<void> {
  const jobs = requests.map(({ url, activityId }) => ({
    op: 'rich_media_backfill',
    url,
    url_hash: hashOf(url),
    activity_id: activityId,
  }));
  await tx.$executeRaw`
    insert into oban_jobs (state, worker, queue, args, max_attempts, priority)
    select 'available', ${worker}, 'rich_media_backfill', job, 1, 0 from jsonb_array_elements(${JSON.stringify(jobs)}::jsonb) as wanted (job)
    where not exists (
      select 1 from oban_jobs j where j.worker = ${worker} and j.args @> jsonb_build_object('url_hash', job->'url_hash') and j.inserted_at > timezone('UTC', now()) - interval '5 minutes')`;
}

function hashOf(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}
