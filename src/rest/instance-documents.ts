import { z } from 'zod';
import { failure } from '../errors.js';
import {
  instanceDocumentDelete,
  instanceDocumentShow,
  instanceDocumentUpdate,
} from '../resolvers/instance/documents.js';
import { route, type JsonText, type Route } from './route.js';
import { html as htmlText, url } from './schemas/parts.js';

const html: JsonText = { parse: (text) => JSON.parse(text) as unknown, stringify: String };
const path = '/instance_document/:name';
const input = z.object({ name: z.string() });
const example = { name: 'instance-panel' };

/** What was uploaded, as text. */
async function uploaded(file: unknown): Promise<string> {
  if (typeof file === 'string') return file;
  if (!(file instanceof File)) throw failure('INVALID', 'Missing field: file.', ['file']);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw failure('INVALID', 'file must be a text in UTF-8.', ['file']);
  }
}

export const instanceDocumentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path,
    summary: "A page of the instance's own, as HTML",
    operation: instanceDocumentShow,
    failsWith: 'object',
    input,
    answers: htmlText,
    example,
    json: html,
    // Should a browser ever show it: nothing in it runs here, beside GraphiQL.
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
    run: ({ context, input: { name } }) => instanceDocumentShow(context, { document: name }),
  }),
  route({
    method: 'PATCH',
    path,
    summary: "Write a page of the instance's own: a form with one file",
    operation: instanceDocumentUpdate,
    failsWith: 'object',
    input: input.extend({ file: z.unknown() }),
    answers: z.object({ url }),
    example: { ...example, file: '<p>words</p>' },
    run: async ({ context, input: { name, file } }) =>
      instanceDocumentUpdate(context, { document: name, text: await uploaded(file) }),
  }),
  route({
    method: 'DELETE',
    path,
    summary: "Remove a page of the instance's own",
    operation: instanceDocumentDelete,
    failsWith: 'object',
    input,
    answers: z.object({}),
    example,
    run: async ({ context, input: { name } }) => {
      await instanceDocumentDelete(context, { document: name });
      return {};
    },
  }),
];
