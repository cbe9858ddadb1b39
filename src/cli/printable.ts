import type { Output } from './output.js';

/**
 * What a terminal obeys instead of showing: control characters, and those that turn the direction of a text. Both come with names and texts
 * that anybody may have stored.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** As JSON writes them, so that JSON stays what it is. */
function escaped(character: string): string {
  const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text of several lines that a terminal only shows. */
export function printableText(text: string): string {
  return text.replace(unprintable, (character) =>
    character === '\n' || character === '\t' ? character : escaped(character),
  );
}

/** A text that stands on one line, and that a terminal only shows: names, arguments, messages that hold them. */
export function printableLine(text: string): string {
  return text.replace(unprintable, escaped);
}

/** The same output, to which only printable text goes. */
export function printing({ out, error, write, ...rest }: Output): Output {
  return {
    ...rest,
    out: (text) => {
      out(printableText(text));
    },
    error: (text) => {
      error(printableText(text));
    },
    ...(write
      ? {
          write: (text: string) => {
            write(printableText(text));
          },
        }
      : {}),
  };
}
