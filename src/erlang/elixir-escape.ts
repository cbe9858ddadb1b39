const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['e', '\x1b'],
  ['s', ' '],
  ['d', '\x7f'],
  ['0', '\0'],
  ['\n', ''],
  ['\r\n', ''],
]);

const ESCAPE =
  /\\(?:x([0-9A-Fa-f]{1,2})|[xu]\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|(\r\n|[^]))/gu;

/**
 * The bytes an Elixir string stands for, given what is between its quotes. `\xNN` is one byte, not a character.
 * Returns undefined for an escape of a character that does not exist.
 */
export function unescapeText(raw: string): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let end = 0;
  for (const match of raw.matchAll(ESCAPE)) {
    const [whole, byte, braced, short, character = ''] = match;
    pieces.push(Buffer.from(raw.slice(end, match.index)));
    end = match.index + whole.length;
    const code = braced ?? short;
    if (byte !== undefined) pieces.push(Buffer.of(Number.parseInt(byte, 16)));
    else if (code === undefined) pieces.push(Buffer.from(SIMPLE.get(character) ?? character));
    else if (isCharacter(Number.parseInt(code, 16)))
      pieces.push(Buffer.from(String.fromCodePoint(Number.parseInt(code, 16))));
    else return undefined;
  }
  pieces.push(Buffer.from(raw.slice(end)));
  return new Uint8Array(Buffer.concat(pieces));
}

/** The code of the character after `?`: of itself, or of the escape that begins with a backslash. */
export function characterCode(raw: string): number {
  const character = raw.startsWith('\\') ? (SIMPLE.get(raw.slice(1)) ?? raw.slice(1)) : raw;
  return character.codePointAt(0) ?? 0;
}

function isCharacter(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}
