import { faultInRegex, regexParts, regexSource, type RegexParts } from './regex.js';
import type { Term } from './term.js';

const DELIMITERS: readonly (readonly [open: string, close: string])[] = [
  ['/', '/'],
  ['|', '|'],
  ['"', '"'],
  ["'", "'"],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
];

/**
 * The sigil that reads back as the expression in `term`, with the first delimiter its source does not hold. Undefined when
 * `term` is no expression or no sigil gives exactly its source; a compiled pattern is not part of the text.
 */
export function regexLiteral(term: Term): string | undefined {
  const parts = regexParts(term);
  if (parts === undefined || !isSigil(parts)) return undefined;
  const delimiters = DELIMITERS.find(
    ([open, close]) => !parts.source.includes(open) && !parts.source.includes(close),
  );
  if (delimiters === undefined) return undefined;
  return `~r${delimiters[0]}${parts.source.replace(/\n/g, '\\n')}${delimiters[1]}${parts.letters}`;
}

function isSigil(parts: RegexParts): boolean {
  if (/#\{|\\\n|[\r\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(parts.source)) return false;
  return regexSource(parts.source) === parts.source && faultInRegex(parts) === undefined;
}
