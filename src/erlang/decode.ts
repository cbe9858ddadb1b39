import { inflateSync } from 'node:zlib';
import { ByteReader } from './byte-reader.js';
import { Budget, DEFAULT_LIMITS, MAX_INTEGER_BYTES, type Limits } from './limits.js';
import { opaqueLength } from './opaque.js';
import { Tag, VERSION } from './tags.js';
import { integer, list, map, type Term } from './term.js';
import { TermError } from './term-error.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const OLD_FLOAT = /^ *([-+]?\d+\.\d+(?:e[-+]?\d+)?)\0*$/i;
const SMALL_INTEGERS: readonly Term[] = Array.from({ length: 256 }, (_, value) => integer(value));

/**
 * Reads one term from Erlang's external term format (the bytes of `config.value`,
 * docs/instance/config.md#external-term-format).
 * In: all bytes of the term, with the version byte 131; nothing may follow. Compressed terms are inflated.
 * Throws TermError with the offset (for a compressed term: the offset in the inflated bytes) when the bytes are no term,
 * or exceed a limit. Nothing is evaluated; funs, pids, ports and references are carried as opaque bytes.
 */
export function decodeTerm(bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS): Term {
  if (bytes.length > limits.size)
    throw new TermError(`the term is larger than ${limits.size} bytes`, { offset: 0 });
  const outer = new ByteReader(bytes);
  if (outer.u8() !== VERSION)
    throw new TermError('the bytes do not begin with the version of a term, 131', { offset: 0 });
  const reader = bytes[1] === Tag.compressed ? new ByteReader(inflate(outer, limits)) : outer;
  const budget = new Budget(limits, () => ({ offset: reader.offset }));
  const term = new Decoder(reader, budget).term();
  if (reader.remaining > 0) reader.fail('there are bytes after the term');
  return term;
}

function inflate(reader: ByteReader, limits: Limits): Uint8Array {
  reader.advance(1);
  const size = reader.u32();
  if (size === 0 || size > limits.inflatedSize) reader.fail(`the term inflates to ${size} bytes`);
  try {
    const inflated = inflateSync(reader.take(reader.remaining), { maxOutputLength: size });
    if (inflated.length === size) return inflated;
  } catch {
    // told below, together with a wrong size
  }
  return reader.fail('the compressed term does not inflate to the size it declares');
}

class Decoder {
  constructor(
    private readonly reader: ByteReader,
    private readonly budget: Budget,
  ) {}

  term(): Term {
    this.budget.enter();
    const term = this.tagged(this.reader.u8());
    this.budget.leave();
    return term;
  }

  private tagged(tag: number): Term {
    const { reader } = this;
    switch (tag) {
      case Tag.smallInteger:
        return byte(reader.u8());
      case Tag.integer:
        return integer(reader.i32());
      case Tag.smallBig:
        return this.big(reader.u8());
      case Tag.largeBig:
        return this.big(reader.u32());
      case Tag.newFloat:
        return this.float(reader.f64());
      case Tag.oldFloat:
        return this.float(Number(OLD_FLOAT.exec(latin1(reader.take(31)))?.[1]));
      case Tag.atom:
        return this.atom(latin1(reader.take(reader.u16())));
      case Tag.smallAtom:
        return this.atom(latin1(reader.take(reader.u8())));
      case Tag.atomUtf8:
        return this.atom(this.utf8(reader.u16()));
      case Tag.smallAtomUtf8:
        return this.atom(this.utf8(reader.u8()));
      case Tag.smallTuple:
        return { kind: 'tuple', items: this.terms(reader.u8()) };
      case Tag.largeTuple:
        return { kind: 'tuple', items: this.terms(reader.u32()) };
      case Tag.nil:
        return list([]);
      case Tag.string:
        return list(this.string());
      case Tag.list:
        return this.list();
      case Tag.binary:
        return { kind: 'binary', bytes: reader.take(reader.u32()) };
      case Tag.bitBinary:
        return this.bitstring(reader.u32(), reader.u8());
      case Tag.map:
        return this.map(reader.u32());
      case Tag.export:
        return this.export();
      default:
        return this.opaque(tag);
    }
  }

  private terms(count: number): Term[] {
    if (count > this.reader.remaining) this.reader.fail('the bytes end within a term');
    const terms: Term[] = [];
    for (let index = 0; index < count; index += 1) terms.push(this.term());
    return terms;
  }

  private big(length: number): Term {
    if (length > MAX_INTEGER_BYTES)
      this.reader.fail(`an integer has more than ${MAX_INTEGER_BYTES} bytes`);
    const negative = this.reader.u8() !== 0;
    const magnitude = BigInt(
      `0x0${Buffer.from(this.reader.take(length)).reverse().toString('hex')}`,
    );
    return integer(negative ? -magnitude : magnitude);
  }

  private float(value: number): Term {
    if (!Number.isFinite(value)) this.reader.fail('a float is not finite');
    return { kind: 'float', value };
  }

  private atom(name: string): Term {
    this.budget.atom(name);
    return { kind: 'atom', name };
  }

  private utf8(length: number): string {
    const bytes = this.reader.take(length);
    try {
      return utf8.decode(bytes);
    } catch {
      return this.reader.fail('an atom is not UTF-8');
    }
  }

  // A list of the numbers 0 to 255, written as bytes.
  private string(): Term[] {
    const bytes = this.reader.take(this.reader.u16());
    this.budget.count(bytes.length);
    return Array.from(bytes, byte);
  }

  // The tail may be a list again, which continues this one; Erlang never writes that but reads it.
  private list(): Term {
    const items: Term[] = [];
    for (;;) {
      for (const item of this.terms(this.reader.u32())) items.push(item);
      const end = this.reader.u8();
      if (end === Tag.nil) return list(items);
      if (end === Tag.string) return list(items.concat(this.string()));
      if (end === Tag.list) continue;
      this.budget.enter();
      const tail = this.tagged(end);
      this.budget.leave();
      return list(items, tail);
    }
  }

  private bitstring(length: number, bits: number): Term {
    const bytes = this.reader.take(length);
    if (length === 0 ? bits !== 0 : bits === 0 || bits > 8)
      this.reader.fail('a bitstring has an impossible length');
    if (bits === 0 || bits === 8) return { kind: 'binary', bytes };
    bytes[length - 1] = (bytes[length - 1] ?? 0) & (0xff << (8 - bits));
    return { kind: 'bitstring', bytes, bits };
  }

  private map(count: number): Term {
    if (count > this.reader.remaining) this.reader.fail('the bytes end within a term');
    const entries: (readonly [Term, Term])[] = [];
    for (let index = 0; index < count; index += 1) entries.push([this.term(), this.term()]);
    const term = map(entries);
    if (term.kind === 'map' && term.entries.length !== count)
      this.reader.fail('a map has the same key twice');
    return term;
  }

  private export(): Term {
    const [module, name, arity] = this.terms(3);
    if (module?.kind !== 'atom' || name?.kind !== 'atom' || arity?.kind !== 'integer')
      return this.reader.fail('a function reference is malformed');
    if (arity.value < 0n || arity.value > 255n)
      this.reader.fail('a function reference has an impossible arity');
    return { kind: 'export', module: module.name, name: name.name, arity: Number(arity.value) };
  }

  private opaque(tag: number): Term {
    const start = this.reader.offset - 1;
    this.reader.advance(opaqueLength(this.reader, tag, () => this.term()));
    return { kind: 'opaque', bytes: this.reader.since(start) };
  }
}

function byte(value: number): Term {
  return SMALL_INTEGERS[value] ?? integer(value);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
