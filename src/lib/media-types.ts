import { MIMEType } from 'node:util';

/** A `Content-Type` without regard to case, as RFC 9110 has it. */
export interface MediaType {
  /** Type and subtype in lower case, e.g. `application/json`. */
  readonly essence: string;
  /** In lower case; undefined = not said. */
  readonly charset: string | undefined;
}

/** Reads a `Content-Type`; undefined for an absent one, and for what is none. */
export function parseMediaType(header: string | undefined): MediaType | undefined {
  if (header === undefined) return undefined;
  try {
    const { essence, params } = new MIMEType(header);
    return { essence, charset: params.get('charset')?.toLowerCase() };
  } catch {
    return undefined;
  }
}

/** Whether it is JSON of any kind, e.g. `application/problem+json`. */
export function isJson({ essence }: MediaType): boolean {
  return /[/+-]json$/.test(essence);
}

/** Whether text of this type is read as UTF-8: nothing else was said. */
export function isUtf8({ charset }: MediaType): boolean {
  return charset === undefined || ['utf-8', 'utf8', 'us-ascii', 'ascii'].includes(charset);
}
