import qs from 'qs';

/** Names and values as the instance's framework reads them: nested by brackets, lists as `name[]`. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The body claims to be JSON and is not. */
export class MalformedBodyError extends Error {
  override readonly name = 'MalformedBodyError';
}

/** Of a name that comes twice the later value counts, as in the instance's framework; lists are `name[]`. */
const limits = { depth: 8, parameterLimit: 1_000, arrayLimit: 1_000, duplicates: 'last' } as const;

/** `filters=local&tags[]=a&tags[]=b` → `{filters: 'local', tags: ['a', 'b']}`. */
export function parseQuery(search: string): Parameters {
  return qs.parse(search.replace(/^\?/, ''), limits);
}

/**
 * A request body as parameters. Only JSON objects and forms carry any; other media types are ignored, as pleroma-fe relies on
 * (docs/instance/admin-fe.md#other-clients).
 * @param parseJson what reads JSON; throws for text that is none.
 * @throws MalformedBodyError for JSON that is none.
 */
export function parseBody(contentType: string | undefined, text: string, parseJson: (text: string) => unknown = JSON.parse): Parameters {
  if (text === '') return {};
  if (contentType?.includes('application/x-www-form-urlencoded')) return parseQuery(text);
  if (!contentType?.includes('json')) return {};
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parameters) : { _json: value };
  } catch {
    throw new MalformedBodyError('The body is not valid JSON.');
  }
}
