const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{ID_Continue}@]*[?!]?$/u;
const KEY = /^[\p{L}\p{Nl}_]\p{ID_Continue}*[?!]?$/u;
const MODULE = /^Elixir(?:\.[A-Z][A-Za-z0-9_]*)*$/;

/** The operators Elixir shows, and reads, as atoms without quotes; longer ones first. */
export const OPERATOR_ATOMS: readonly string[] = [
  ...[
    '<<>>',
    '===',
    '!==',
    '&&&',
    '|||',
    '<<<',
    '>>>',
    '<<~',
    '~>>',
    '<~>',
    '<|>',
    '^^^',
    '~~~',
    '+++',
    '---',
    '...',
    '%{}',
  ],
  ...[
    '==',
    '!=',
    '<=',
    '>=',
    '&&',
    '||',
    '++',
    '--',
    '..',
    '<>',
    '=~',
    '|>',
    '<~',
    '~>',
    '<-',
    '->',
    '**',
    '::',
    '{}',
  ],
  ...['!', '@', '.', '=', '<', '>', '+', '-', '*', '/', '^', '&', '|', '%'],
];

const OPERATORS = new Set(OPERATOR_ATOMS);

const CONTROL_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\v', '\\v'],
  ['\x1b', '\\e'],
  ['\x7f', '\\d'],
]);

/** The atom as Elixir inspects it: `:name`, `:"any text"`, `Pleroma.Upload`, `nil`, `true`, `false`. */
export function atomText(name: string): string {
  if (name === 'nil' || name === 'true' || name === 'false') return name;
  if (MODULE.test(name)) return name === 'Elixir' ? name : name.slice('Elixir.'.length);
  if (OPERATORS.has(name) || isPlain(IDENTIFIER, name)) return `:${name}`;
  return `:"${escapeText(name)}"`;
}

/** The atom as the key of a keyword list or map, with its colon: `name:`, `"any text":`. Not for modules. */
export function keyText(name: string): string {
  return isPlain(KEY, name) ? `${name}:` : `"${escapeText(name)}":`;
}

/** The inside of a double-quoted Elixir string that stands for exactly `value`. */
export function escapeText(value: string): string {
  // The last group: what Elixir would not print, and text-direction marks, which its tokenizer refuses.
  return value.replace(
    /["\\]|#(?=\{)|[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu,
    (match) => {
      if (match === '"' || match === '\\' || match === '#') return `\\${match}`;
      return CONTROL_ESCAPES.get(match) ?? `\\u{${match.codePointAt(0)?.toString(16)}}`;
    },
  );
}

/** Whether Elixir shows a binary of this text as a string; otherwise it shows its bytes. */
export function isPrintable(value: string): boolean {
  return !/[\0-\x06\x0e-\x1a\x1c-\x1f\x80-\x9f\ufffe\uffff]/.test(value);
}

function isPlain(pattern: RegExp, name: string): boolean {
  return pattern.test(name) && name.normalize('NFC') === name;
}
