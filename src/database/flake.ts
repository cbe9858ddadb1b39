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

const known = new Map<string, string>();
const mostKnown = 20_000;

const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * uuid → the text clients see: base 62, or plain decimal for ids from before flakes (upper 64 bits zero).
 * @throws RangeError when the text is no uuid.
 */
export function flakeFromUuid(uuid: string): string {
  const text = known.get(uuid);
  if (text !== undefined) return text;
  if (!uuidPattern.test(uuid)) throw new RangeError('This is no uuid.');
  if (known.size >= mostKnown) known.clear();
  const made = uuid.startsWith('00000000-0000-0000') ? BigInt(`0x${uuid.replaceAll('-', '')}`).toString() : base62(uuid.replaceAll('-', ''));
  known.set(uuid, made);
  return made;
}

/** Five digits at a time: the remainder of a 16-bit limb and what is left of the ones before fits a double, where BigInt takes four times as long. */
const chunk = 62 ** 5;

function base62(hex: string): string {
  const limbs = Array.from({ length: 8 }, (_, index) => parseInt(hex.slice(index * 4, index * 4 + 4), 16));
  let text = '';
  for (let first = 0; first < limbs.length; ) {
    let rest = 0;
    for (let index = first; index < limbs.length; index += 1) {
      const value = rest * 65_536 + (limbs[index] ?? 0);
      limbs[index] = Math.floor(value / chunk);
      rest = value % chunk;
    }
    while (first < limbs.length && limbs[first] === 0) first += 1;
    for (let digit = 0; digit < 5; digit += 1) {
      text = alphabet.charAt(rest % 62) + text;
      rest = Math.floor(rest / 62);
    }
  }
  return text.replace(/^0+/, '');
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
