import type { Context } from 'hono';
import { MalformedBodyError, parseBody, type Parameters } from './request.js';

/**
 * The body of a request as parameters: JSON, a form, or a form in parts, whose files are `File`s. Other media types carry none.
 * @param parseJson what reads JSON; throws for text that is none.
 * @throws MalformedBodyError for JSON or a form that is none.
 */
export async function bodyOf(c: Context, parseJson?: (text: string) => unknown): Promise<Parameters> {
  const contentType = c.req.header('content-type');
  return contentType?.startsWith('multipart/form-data') ? formParts(c) : parseBody(contentType, await c.req.text(), parseJson);
}

async function formParts(c: Context): Promise<Parameters> {
  try {
    return await c.req.parseBody({ all: true });
  } catch {
    throw new MalformedBodyError('The body is no valid form.');
  }
}
