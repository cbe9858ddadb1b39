import type { Context } from 'hono';
import { isJson, isUtf8, parseMediaType } from '../lib/media-types.js';
import {
  MalformedBodyError,
  parseForm,
  parseJsonBody,
  UnknownBodyError,
  type FormPair,
  type Parameters,
} from './request.js';

/** What a browser makes of an object that is given to `fetch` as a body: pleroma-fe of 2022 sends it where nothing is to be sent. */
const forgotten = '[object Object]';

/**
 * The body of a request as parameters: JSON, a form, or a form in parts, whose files are `File`s. An empty one has none, whatever its type.
 * @param parseJson what reads JSON; throws for text that is none.
 * @throws MalformedBodyError for JSON or a form that is none, UnknownBodyError for a body of any other type.
 */
export async function bodyOf(
  c: Context,
  parseJson?: (text: string) => unknown,
): Promise<Parameters> {
  const given = c.req.header('content-type');
  const type = parseMediaType(given);
  if (type?.essence === 'multipart/form-data') return parseForm(await partsOf(c));
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength === 0) return {};
  const kind = type && isUtf8(type) ? (isJson(type) ? 'json' : type.essence) : undefined;
  if (kind === 'json') return parseJsonBody(textOf(bytes), parseJson);
  if (kind === 'application/x-www-form-urlencoded') return parseForm(textOf(bytes));
  if (kind === 'text/plain' && textOf(bytes) === forgotten) return {};
  throw new UnknownBodyError(
    `The body is ${given === undefined ? 'of no Content-Type' : `of the Content-Type "${given.slice(0, 100)}"`}: send JSON or a form, in UTF-8.`,
  );
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MalformedBodyError('The body is not valid UTF-8.');
  }
}

async function partsOf(c: Context): Promise<FormPair[]> {
  try {
    return [...(await c.req.formData()).entries()];
  } catch {
    throw new MalformedBodyError('The body is no valid form.');
  }
}
