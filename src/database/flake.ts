import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digitOf = new Map(Array.from(alphabet, (letter, digit) => [letter, BigInt(digit)]));
const flakePattern = /^[0-9A-Za-z]{1,22}$/;
const largest = (1n << 128n) - 1n;

/**
 * Flake ids, the ids of users and activities (docs/instance/schema.md#flake-ids): 64 bits of Unix
 * milliseconds, 48 bits of a random worker id, 16 bits
 * of a sequence. In a column they are a uuid, outside they are base 62 text. Sorting by uuid is sorting by creation.
 */
const worker = randomBytes(6).toString('hex');
let lastMillisecond = 0;
let sequence = 0;

/** @returns a new flake id as uuid, greater than every one this process made before. */
export function newFlake(now: Date = new Date()): string {
  const millisecond = Math.max(now.getTime(), lastMillisecond);
  sequence = millisecond === lastMillisecond ? sequence + 1 : 0;
  lastMillisecond = millisecond;
  if (sequence > 0xffff) return newFlake(new Date(millisecond + 1));
  return toUuid(
    millisecond.toString(16).padStart(16, '0') + worker + sequence.toString(16).padStart(4, '0'),
  );
}

/** The same few come again and again: those of first pages and of whoever signs in. */
let known = new Map<string, string>();
const maxKnown = 1_000;

/**
 * uuid → the text clients see: base 62, or plain decimal for ids from before flakes (upper 64 bits zero).
 * @throws RangeError when the text is no uuid.
 */
export function flakeFromUuid(uuid: string): string {
  const kept = known.get(uuid);
  if (kept !== undefined) return kept;
  const text = textOf(uuid);
  if (known.size >= maxKnown) known = new Map();
  known.set(uuid, text);
  return text;
}

function textOf(uuid: string): string {
  if (!readWords(uuid)) throw new RangeError('This is no uuid.');
  if (words[0] === 0 && words[1] === 0)
    return BigInt(`0x${uuid.slice(19).replace('-', '')}`).toString();
  return base62();
}

/** One number of 128 bits, the highest word first, and the digits it is written in. */
const [words, written] = [new Uint32Array(4), Buffer.alloc(24)];
const codes = Buffer.from(alphabet);
const [chunkSize, wordSize] = [62 ** 3, 2 ** 32];

const hexDigits = new Uint8Array(128).fill(16);
for (const [digit, letter] of Array.from('0123456789abcdef').entries())
  for (const form of [letter, letter.toUpperCase()]) hexDigits[form.charCodeAt(0)] = digit;

/** Puts a uuid in `words`, digit by digit: to cut it in parts and read those takes three times as long. False = it is none. */
function readWords(uuid: string): boolean {
  if (uuid.length !== 36) return false;
  let [word, digits] = [0, 0];
  for (let at = 0; at < 36; at += 1) {
    const code = uuid.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 0x2d) return false;
      continue;
    }
    const digit = hexDigits[code] ?? 16;
    if (digit > 15) return false;
    word = word * 16 + digit;
    digits += 1;
    if (digits % 8 > 0) continue;
    words[digits / 8 - 1] = word;
    word = 0;
  }
  return true;
}

/** Writes `words`, three digits at a time from the last: the remainder of a word and the next word fit a double, where BigInt takes ten times as long. */
function base62(): string {
  let at = written.length;
  for (let first = 0; first < words.length;) {
    let rest = 0;
    for (let index = first; index < words.length; index += 1) {
      const value = rest * wordSize + (words[index] ?? 0);
      const quotient = Math.floor(value / chunkSize);
      words[index] = quotient;
      rest = value - quotient * chunkSize;
    }
    while (words[first] === 0) first += 1;
    for (let digit = 0; digit < 3; digit += 1) {
      const quotient = Math.floor(rest / 62);
      at -= 1;
      written[at] = codes[rest - quotient * 62] ?? 0;
      rest = quotient;
    }
  }
  while (written[at] === codes[0]) at += 1;
  return written.toString('latin1', at);
}

/**
 * Client text → uuid, or undefined when the text can't be an id: short texts are plain integers
 * (docs/instance/schema.md#flake-ids).
 */
export function uuidFromFlake(text: string): string | undefined {
  if (!flakePattern.test(text)) return undefined;
  if (text.length < 18)
    return /^\d+$/.test(text) && BigInt(text) >> 63n === 0n
      ? uuidFromNumber(BigInt(text))
      : undefined;
  let number = 0n;
  for (const letter of text) number = number * 62n + (digitOf.get(letter) ?? 0n);
  return number > largest ? undefined : uuidFromNumber(number);
}

function uuidFromNumber(number: bigint): string {
  return toUuid(number.toString(16).padStart(32, '0'));
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
