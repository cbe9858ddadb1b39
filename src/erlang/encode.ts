import { ByteWriter } from './byte-writer.js';
import { Budget, DEFAULT_LIMITS, MAX_INTEGER_BYTES, type Limits } from './limits.js';
import { Tag, VERSION } from './tags.js';
import { map, type Term } from './term.js';
import { TermError } from './term-error.js';
import { compareTerms } from './order.js';

const LATIN1 = /^[\0-\xff]*$/;
const INTEGER_MIN = -(2n ** 31n);
const INTEGER_MAX = 2n ** 31n - 1n;
const STRING_MAX = 0xffff;

type Kind<K extends Term['kind']> = Extract<Term, { kind: K }>;

/**
 * Writes one term in Erlang's external term format, byte for byte as `term_to_binary` of OTP 25 does
 * (docs/instance/config.md#external-term-format): Latin-1 atoms with tag 100, which every later OTP reads too, other atoms as UTF-8,
 * lists of bytes as a string, maps up to 32 keys in term order. Opaque terms keep their bytes.
 * Throws TermError when the term exceeds a limit or cannot exist in Erlang (a non-finite float, a tail without items).
 */
export function encodeTerm(term: Term, limits: Limits = DEFAULT_LIMITS): Uint8Array {
  const writer = new ByteWriter(limits.size);
  writer.u8(VERSION);
  new Encoder(writer, new Budget(limits, () => ({}))).term(term);
  return writer.finish();
}

class Encoder {
  constructor(
    private readonly writer: ByteWriter,
    private readonly budget: Budget,
  ) {}

  term(term: Term): void {
    this.budget.enter();
    this.write(term);
    this.budget.leave();
  }

  private write(term: Term): void {
    switch (term.kind) {
      case 'atom':
        return this.atom(term.name);
      case 'integer':
        return this.integer(term.value);
      case 'float':
        return this.float(term.value);
      case 'binary':
        this.writer.u8(Tag.binary);
        this.writer.u32(term.bytes.length);
        return this.writer.raw(term.bytes);
      case 'bitstring':
        this.writer.u8(Tag.bitBinary);
        this.writer.u32(term.bytes.length);
        this.writer.u8(term.bits);
        return this.writer.raw(term.bytes);
      case 'tuple':
        return this.tuple(term.items);
      case 'list':
        return this.list(term);
      case 'map':
        return this.map(term);
      case 'export':
        this.writer.u8(Tag.export);
        this.atom(term.module);
        this.atom(term.name);
        return this.integer(BigInt(term.arity));
      case 'opaque':
        return this.writer.raw(term.bytes);
    }
  }

  private atom(name: string): void {
    this.budget.atom(name);
    if (LATIN1.test(name)) {
      this.writer.u8(Tag.atom);
      this.writer.u16(name.length);
      return this.writer.raw(Buffer.from(name, 'latin1'));
    }
    if (/\p{Surrogate}/u.test(name)) throw new TermError('an atom holds half a surrogate pair');
    const bytes = Buffer.from(name);
    this.writer.u8(bytes.length > 0xff ? Tag.atomUtf8 : Tag.smallAtomUtf8);
    if (bytes.length > 0xff) this.writer.u16(bytes.length);
    else this.writer.u8(bytes.length);
    this.writer.raw(bytes);
  }

  private integer(value: bigint): void {
    if (value >= 0n && value <= 255n) {
      this.writer.u8(Tag.smallInteger);
      this.writer.u8(Number(value));
    } else if (value >= INTEGER_MIN && value <= INTEGER_MAX) {
      this.writer.u8(Tag.integer);
      this.writer.i32(Number(value));
    } else {
      this.big(value);
    }
  }

  private big(value: bigint): void {
    const hex = (value < 0n ? -value : value).toString(16);
    const magnitude = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').reverse();
    if (magnitude.length > MAX_INTEGER_BYTES)
      throw new TermError(`an integer has more than ${MAX_INTEGER_BYTES} bytes`);
    this.writer.u8(magnitude.length > 0xff ? Tag.largeBig : Tag.smallBig);
    if (magnitude.length > 0xff) this.writer.u32(magnitude.length);
    else this.writer.u8(magnitude.length);
    this.writer.u8(value < 0n ? 1 : 0);
    this.writer.raw(magnitude);
  }

  private float(value: number): void {
    if (!Number.isFinite(value)) throw new TermError(`${value} is not a float in Erlang`);
    this.writer.u8(Tag.newFloat);
    this.writer.f64(value);
  }

  private tuple(items: readonly Term[]): void {
    this.writer.u8(items.length > 0xff ? Tag.largeTuple : Tag.smallTuple);
    if (items.length > 0xff) this.writer.u32(items.length);
    else this.writer.u8(items.length);
    for (const item of items) this.term(item);
  }

  private list({ items, tail }: Kind<'list'>): void {
    if (items.length === 0) {
      if (tail !== undefined) throw new TermError('a list without items has a tail');
      return this.writer.u8(Tag.nil);
    }
    const bytes = tail === undefined && items.length <= STRING_MAX ? asBytes(items) : undefined;
    if (bytes !== undefined) {
      this.budget.count(bytes.length);
      this.writer.u8(Tag.string);
      this.writer.u16(bytes.length);
      return this.writer.raw(bytes);
    }
    this.writer.u8(Tag.list);
    this.writer.u32(items.length);
    for (const item of items) this.term(item);
    if (tail === undefined) this.writer.u8(Tag.nil);
    else this.term(tail);
  }

  private map(term: Kind<'map'>): void {
    const entries = isSorted(term) ? term.entries : sorted(term);
    this.writer.u8(Tag.map);
    this.writer.u32(entries.length);
    for (const [key, value] of entries) {
      this.term(key);
      this.term(value);
    }
  }
}

function asBytes(items: readonly Term[]): Uint8Array | undefined {
  const bytes = new Uint8Array(items.length);
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'integer' || item.value < 0n || item.value > 255n) return undefined;
    bytes[index] = Number(item.value);
  }
  return bytes;
}

// Only a map that was not built with `map` is unsorted.
function isSorted({ entries }: Kind<'map'>): boolean {
  return entries.every(([key], index) => {
    const next = entries[index + 1];
    return next === undefined || compareTerms(key, next[0]) < 0;
  });
}

function sorted(term: Kind<'map'>): Kind<'map'>['entries'] {
  const result = map(term.entries);
  return result.kind === 'map' ? result.entries : [];
}
