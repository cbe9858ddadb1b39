import qs from 'qs';

/** Names and values as the instance's framework reads them: nested by brackets, lists as `name[]`. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The body is not what its media type says, or holds more than is read. */
export class MalformedBodyError extends Error {
  override readonly name = 'MalformedBodyError';
}

/** The body is of a media type that nobody reads. */
export class UnknownBodyError extends Error {
  override readonly name = 'UnknownBodyError';
}

/** A field of a form in parts. */
export type FormPair = readonly [name: string, value: string | File];

/** Of a name that comes twice the later value counts, as in the instance's framework; lists are `name[]`. */
const limits = { depth: 8, parameterLimit: 1_000, arrayLimit: 1_000, duplicates: 'last' } as const;

/** `filters=local&tags[]=a&tags[]=b` → `{filters: 'local', tags: ['a', 'b']}`. */
export function parseQuery(search: string): Parameters {
  return qs.parse(search.replace(/^\?/, ''), limits);
}

/**
 * The same of a form: of an urlencoded one its text, of one in parts its pairs.
 * @throws MalformedBodyError when it holds more than is read: a part of what shall be changed is not what shall be changed.
 */
export function parseForm(form: string | readonly FormPair[]): Parameters {
  const strict = { ...limits, throwOnLimitExceeded: true, strictDepth: true };
  try {
    return typeof form === 'string' ? qs.parse(form, strict) : parsePairs(form, strict);
  } catch (error) {
    if (error instanceof RangeError)
      throw new MalformedBodyError(
        'The form has more than 1,000 fields, or fields nested deeper than 8 levels.',
      );
    throw error;
  }
}

/** Files stand for themselves: the parser sees the number of each. */
function parsePairs(pairs: readonly FormPair[], options: qs.IParseOptions): Parameters {
  const values = pairs.map(([, value]) => value);
  const text = pairs
    .map(([name], index) => `${encodeURIComponent(name)}=${String(index)}`)
    .join('&');
  return qs.parse(text, {
    ...options,
    decoder: (part, decode, charset, type) =>
      (type === 'value' ? values[Number(part)] : decode(part, undefined, charset)) as string,
  });
}

/**
 * JSON as parameters; what is no object stands under `_json`, as in the instance's framework.
 * @param parseJson what reads JSON; throws for text that is none.
 * @throws MalformedBodyError for JSON that is none.
 */
export function parseJsonBody(
  text: string,
  parseJson: (text: string) => unknown = JSON.parse,
): Parameters {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Parameters)
      : { _json: value };
  } catch {
    throw new MalformedBodyError('The body is not valid JSON.');
  }
}
