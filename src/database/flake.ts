import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digitOf = new Map(Array.from(alphabet, (letter, digit) => [letter, BigInt(digit)]));
const flakePattern = /^[0-9A-Za-z]{1,22}$/;
const largest = (1n << 128n) - 1n;

/**
 * Flake ids, the ids of users and activities (facts/users.md §1.1): 64 bits of Unix milliseconds, 48 bits of a random worker id, 16 bits
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
  return toUuid(millisecond.toString(16).padStart(16, '0') + worker + sequence.toString(16).padStart(4, '0'));
}

/** uuid → the text clients see: base 62, or plain decimal for ids from before flakes (upper 64 bits zero). */
export function flakeFromUuid(uuid: string): string {
  let number = BigInt(`0x${uuid.replaceAll('-', '')}`);
  if (number >> 64n === 0n) return number.toString();
  let text = '';
  for (; number > 0n; number /= 62n) text = alphabet.charAt(Number(number % 62n)) + text;
  return text;
}

/** Client text → uuid, or undefined when the text can't be an id (facts/users.md §1.1: short texts are plain integers). */
export function uuidFromFlake(text: string): string | undefined {
  if (!flakePattern.test(text)) return undefined;
  if (text.length < 18) return /^\d+$/.test(text) && BigInt(text) >> 63n === 0n ? uuidFromNumber(BigInt(text)) : undefined;
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
