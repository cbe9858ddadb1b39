import fc from 'fast-check';
import { atom, float, integer, list, map, text, tuple, type Term } from '../../src/erlang/term.js';
import { regex } from '../../src/erlang/regex.js';

export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);

const word = fc.constantFrom(
  'a',
  'instance',
  'Elixir',
  'Elixir.Pleroma.Upload',
  'Elixir.lower',
  'nil',
  'true',
  'do',
  'end',
  'a@b',
  'ok?',
  'weird key',
  '"quoted"',
  '',
  ':x',
  '+',
  '..',
  '{}',
  'é',
  '日本',
  '#{x}',
  'Foo',
  '\n',
  '\0',
);
const name = fc.oneof(
  word,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const characters = fc.oneof(
  word,
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('\u202e', '\ufffe', '\x7f\x1b\t\r\n', '"\\#{', '<<1>>'),
);
const bytes = fc.uint8Array({ maxLength: 20 });
const number = fc.oneof(
  fc.bigInt(),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }),
  fc.bigInt({ min: -(2n ** 2100n), max: 2n ** 2100n }),
);

const leaf: fc.Arbitrary<Term> = fc.oneof(
  name.map(atom),
  number.map(integer),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
  fc.integer().map(float),
  characters.map(text),
  bytes.map((value): Term => ({ kind: 'binary', bytes: value })),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 }))
    .map(([value, bits]): Term => {
      const cut = Uint8Array.from(value);
      cut[cut.length - 1] = (cut.at(-1) ?? 0) & (0xff << (8 - bits));
      return { kind: 'bitstring', bytes: cut, bits };
    }),
  fc
    .tuple(name, name, fc.integer({ min: 0, max: 255 }))
    .map(([module, fun, arity]): Term => ({ kind: 'export', module, name: fun, arity })),
  fc
    .tuple(fc.stringMatching(/^[a-z/|\\.\n ]{1,8}[a-z]$/), fc.constantFrom('', 'i', 'iu', 'msU'))
    .map(([source, letters]) => regex({ source, letters })),
);

/** Any term that has a text: all but funs, pids, ports and references. */
export const anyTerm: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('term'), { maxLength: 5 }).map((items) => tuple(...items)),
    fc.array(tie('term'), { maxLength: 5 }).map((items) => list(items)),
    fc
      .array(fc.integer({ min: 5, max: 130 }), { maxLength: 6 })
      .map((codes) => list(codes.map(integer))),
    fc
      .tuple(fc.array(tie('term'), { minLength: 1, maxLength: 3 }), tie('term'))
      .map(([items, tail]) => list(items, tail)),
    fc
      .array(fc.tuple(name, tie('term')), { maxLength: 4 })
      .map((pairs) => list(pairs.map(([key, value]) => tuple(atom(key), value)))),
    fc.array(fc.tuple(tie('term'), tie('term')), { maxLength: 4 }).map(map),
    fc.array(fc.tuple(name.map(atom), tie('term')), { maxLength: 4 }).map(map),
  ),
})).term;

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function fromHex(digits: string): Uint8Array {
  return new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
}

/**
 * How much processor time `run` takes, in milliseconds; what other processes do meanwhile does not count, nor does a collection of garbage
 * that happens to fall into it: of a long run the shortest of three counts.
 */
export function processorTime(run: () => void): number {
  const once = (): number => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const first = once();
  return first < 25 ? first : Math.min(first, once(), once());
}
