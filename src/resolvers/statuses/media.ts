import { createHash } from 'node:crypto';
import {
  lengthOf,
  linkedAddressOf,
  objectOf,
  textOf,
  type Json,
  type JsonObject,
} from '../../database/json.js';

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
  return attachments(object)
    .map(({ id }) => textOf(id))
    .filter((id) => id !== undefined);
}

/** The files attached to a status; what names no address of the web is none. @param idOf `objects.id` of an upload. */
export function mediaOf(object: JsonObject, idOf: (apId: string) => bigint | undefined): Media[] {
  return attachments(object).flatMap((attachment) => {
    const { url: link } = attachment;
    const address = linkedAddressOf(link) ?? linkedAddressOf(attachment['href']);
    if (address === undefined) return [];
    const file = objectOf(Array.isArray(link) ? link[0] : link);
    const stated = [file['mediaType'], file['mimeType'], attachment['mediaType']].find(
      (type) => typeof type === 'string',
    );
    const mediaType = textOf(stated) ?? (attachment['type'] === 'Link' ? 'text/html' : 'image');
    const apId = textOf(attachment['id']);
    return {
      id: String(
        (apId === undefined ? undefined : idOf(apId)) ??
          apId ??
          createHash('md5').update(address).digest().readInt32BE(),
      ),
      kind:
        (['image', 'video', 'audio'] as const).find((kind) => mediaType.includes(kind)) ??
        'unknown',
      url: address,
      mediaType,
      description: textOf(attachment['name']) ?? null,
      blurhash: textOf(attachment['blurhash']) ?? null,
      width: lengthOf(file['width']),
      height: lengthOf(file['height']),
    };
  });
}

function attachments(object: JsonObject): JsonObject[] {
  const { attachment } = object as { attachment?: Json };
  return (Array.isArray(attachment) ? attachment : []).map(objectOf);
}
