import { createHash } from 'node:crypto';
import { objectOf, textOf, type Json, type JsonObject } from '../../database/json.js';

/** What a status shows of an attached file (docs/instance/moderation.md#attachments-and-polls). */
export interface Media {
  readonly id: string;
  readonly kind: 'image' | 'video' | 'audio' | 'unknown';
  readonly url: string;
  readonly mediaType: string;
  readonly description: string | null;
  readonly blurhash: string | null;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** ActivityPub ids of the uploads attached to a status, by which their rows are found. */
export function attachmentApIds(object: JsonObject): string[] {
  return attachments(object).map(({ id }) => textOf(id)).filter((id) => id !== undefined);
}

/** The files attached to a status. @param idOf `objects.id` of an upload. */
export function mediaOf(object: JsonObject, idOf: (apId: string) => bigint | undefined): Media[] {
  return attachments(object).map((attachment) => {
    const file = objectOf(Array.isArray(attachment['url']) ? attachment['url'][0] : undefined);
    const url = textOf(file['href']) ?? textOf(attachment['url']) ?? '';
    const mediaType = textOf(file['mediaType']) ?? textOf(file['mimeType']) ?? textOf(attachment['mediaType']) ?? 'image';
    const apId = textOf(attachment['id']);
    const { width, height } = file;
    return {
      id: String((apId === undefined ? undefined : idOf(apId)) ?? apId ?? createHash('md5').update(url).digest().readInt32BE()),
      kind: (['image', 'video', 'audio'] as const).find((kind) => mediaType.includes(kind)) ?? 'unknown',
      url,
      mediaType,
      description: textOf(attachment['name']) ?? null,
      blurhash: textOf(attachment['blurhash']) ?? null,
      width: Number.isInteger(width) ? Number(width) : undefined,
      height: Number.isInteger(height) ? Number(height) : undefined,
    };
  });
}

function attachments(object: JsonObject): JsonObject[] {
  const { attachment } = object as { attachment?: Json };
  return (Array.isArray(attachment) ? attachment : []).map(objectOf);
}
