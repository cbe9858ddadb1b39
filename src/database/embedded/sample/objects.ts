import type { Status } from './statuses.js';
import { timestamps, type Row } from './world.js';

export interface ObjectRows {
  readonly objects: readonly Row[];
  readonly hashtags: readonly Row[];
  readonly links: readonly Row[];
}

/** Rows of `objects` (uploads before the notes that show them), `hashtags` and `hashtags_objects`. */
export function objectRows(statuses: readonly Status[]): ObjectRows {
  const objects: Row[] = [];
  const tags = new Map<string, Row & { readonly id: number }>();
  const links: Row[] = [];
  for (const { note, time } of [...statuses].sort((a, b) => a.time.getTime() - b.time.getTime())) {
    const uploads = note.attachment.filter((attachment) => attachment.id !== undefined);
    for (const data of [...uploads, note])
      objects.push({ id: objects.length + 1, data, ...timestamps(time) });
    const names = note.tag.filter((tag) => typeof tag === 'string');
    for (const name of new Set(names)) {
      const tag = tags.get(name) ?? { id: tags.size + 1, name, ...timestamps(time) };
      tags.set(name, tag);
      links.push({ hashtag_id: tag.id, object_id: objects.length });
    }
  }
  return { objects, hashtags: [...tags.values()], links };
}
