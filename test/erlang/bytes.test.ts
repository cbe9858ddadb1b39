import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTerm } from '../../src/erlang/decode.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import {
  atom,
  equals,
  float,
  integer,
  list,
  map,
  NIL,
  text,
  tuple,
  type Term,
} from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { anyTerm, fromHex, hex } from './arbitrary-terms.js';

const keywords = (...pairs: readonly (readonly [string, Term])[]): Term =>
  list(pairs.map(([key, value]) => tuple(atom(key), value)));
const ints = (...values: number[]): Term => list(values.map(integer));
const bigInHex = (value: bigint): string => hex(encodeTerm(integer(value)));

// Written by OTP 25 (docs/instance/config.md#external-term-format).
const samples: readonly (readonly [string, string, Term])[] = [
  ['true', '83640004 74727565', atom('true')],
  ['nil', '83640003 6e696c', NIL],
  [':pleroma', '83640007 706c65726f6d61', atom('pleroma')],
  [
    'Pleroma.Upload',
    '83640015 456c697869722e506c65726f6d612e55706c6f6164',
    atom('Elixir.Pleroma.Upload'),
  ],
  ['0', '836100', integer(0)],
  ['255', '8361ff', integer(255)],
  ['256', '836200000100', integer(256)],
  ['-1', '8362ffffffff', integer(-1)],
  ['2147483647', '83627fffffff', integer(2147483647)],
  ['2147483648', '836e040000000080', integer(2147483648)],
  ['-2147483649', '836e040101000080', integer(-2147483649)],
  ['2^53', '836e070000000000000020', integer(2n ** 53n)],
  ['1.5', '83463ff8000000000000', float(1.5)],
  ['"abc"', '836d00000003616263', text('abc')],
  ['"é"', '836d00000002c3a9', text('é')],
  ['[]', '836a', list([])],
  ['[1, 2, 3]', '836b0003 010203', ints(1, 2, 3)],
  ['[1, 256]', '836c00000002 6101 6200000100 6a', ints(1, 256)],
  ['{}', '836800', tuple()],
  ['{:a, 1}', '836802 64000161 6101', tuple(atom('a'), integer(1))],
  [
    '[link_name: true, proxy_remote: false]',
    '836c00000002 6802 640009 6c696e6b5f6e616d65 640004 74727565 6802 64000c 70726f78795f72656d6f7465 640005 66616c7365 6a',
    keywords(['link_name', atom('true')], ['proxy_remote', atom('false')]),
  ],
  [
    '%{:b => 2, "a" => 1}',
    '8374 00000002 64000162 6102 6d0000000161 6101',
    map([
      [text('a'), integer(1)],
      [atom('b'), integer(2)],
    ]),
  ],
  [
    '{127, 0, 0, 1}',
    '836804 617f 6100 6100 6101',
    tuple(integer(127), integer(0), integer(0), integer(1)),
  ],
  [
    '[proxy_url: {:socks5, :localhost, 3090}]',
    '836c00000001 6802 640009 70726f78795f75726c 6803 640006 736f636b7335 640009 6c6f63616c686f7374 6200000c12 6a',
    keywords(['proxy_url', tuple(atom('socks5'), atom('localhost'), integer(3090))]),
  ],
  [
    '&String.upcase/1',
    '8371 64000d 456c697869722e537472696e67 640006 757063617365 6101',
    { kind: 'export', module: 'Elixir.String', name: 'upcase', arity: 1 },
  ],
  ['["a" | "b"]', '836c00000001 6d0000000161 6d0000000162', list([text('a')], text('b'))],
];

describe('bytes that OTP 25 wrote', () => {
  test.each(samples)('%s is read and written byte for byte', (_name, bytes, term) => {
    expect(decodeTerm(fromHex(bytes))).toEqual(term);
    expect(hex(encodeTerm(term))).toBe(bytes.replaceAll(' ', ''));
  });

  // §7: the body of a MailerWorker job
  test('a mail is written as the instance writes it', () => {
    const address = (name: string, mail: string): Term => tuple(text(name), text(mail));
    const mail: Record<string, Term> = {
      __struct__: atom('Elixir.Swoosh.Email'),
      subject: text('Invitation to X'),
      from: address('X', 'notify@x.example'),
      to: list([address('', 'a@b.example')]),
      cc: list([]),
      bcc: list([]),
      text_body: NIL,
      html_body: text('<h3>hi</h3>'),
      attachments: list([]),
      reply_to: NIL,
      headers: map([]),
      private: map([]),
      assigns: map([]),
      provider_options: map([]),
    };
    const term = map(Object.entries(mail).map(([key, value]) => [atom(key), value]));
    expect(Buffer.from(encodeTerm(term)).toString('base64')).toBe(
      'g3QAAAAOZAAKX19zdHJ1Y3RfX2QAE0VsaXhpci5Td29vc2guRW1haWxkAAdhc3NpZ25zdAAAAABkAAthdHRhY2htZW50c2pkAANiY2NqZAACY2NqZAAEZnJvbWgCbQAAAAFYbQAAABBub3RpZnlAeC5leGFtcGxlZAAHaGVhZGVyc3QAAAAAZAAJaHRtbF9ib2R5bQAAAAs8aDM+aGk8L2gzPmQAB3ByaXZhdGV0AAAAAGQAEHByb3ZpZGVyX29wdGlvbnN0AAAAAGQACHJlcGx5X3RvZAADbmlsZAAHc3ViamVjdG0AAAAPSW52aXRhdGlvbiB0byBYZAAJdGV4dF9ib2R5ZAADbmlsZAACdG9sAAAAAWgCbQAAAABtAAAAC2FAYi5leGFtcGxlag==',
    );
  });
});

describe('reading what other Erlangs write (§3.2)', () => {
  test.each<readonly [string, string, Term]>([
    ['a small UTF-8 atom, OTP 26', '837707 706c65726f6d61', atom('pleroma')],
    ['a UTF-8 atom', '83760002 c3a9', atom('é')],
    ['a small Latin-1 atom', '837301 e9', atom('é')],
    [
      'an old float',
      `8363${Buffer.from('1.50000000000000000000e+00\0\0\0\0\0').toString('hex')}`,
      float(1.5),
    ],
    ['a large tuple', '836900000001 6101', tuple(integer(1))],
    ['a large integer in the long form', '836f00000001 01 05', integer(-5)],
    ['a list whose tail is a list', '836c00000001 6101 6c00000001 6102 6b0001 03', ints(1, 2, 3)],
    [
      'a bitstring, unused bits cleared',
      '834d00000001 03 bf',
      { kind: 'bitstring', bytes: Uint8Array.of(0xa0), bits: 3 },
    ],
    [
      'a map in any order',
      '8374 00000002 6d0000000161 6101 64000162 6102',
      map([
        [atom('b'), integer(2)],
        [text('a'), integer(1)],
      ]),
    ],
  ])('%s', (_name, bytes, term) => {
    expect(decodeTerm(fromHex(bytes))).toEqual(term);
  });

  test('a compressed term', () => {
    const plain = encodeTerm(text('x'.repeat(500)));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(plain.length - 1);
    const bytes = Buffer.concat([Buffer.of(131, 80), size, deflateSync(plain.subarray(1))]);
    expect(decodeTerm(bytes)).toEqual(text('x'.repeat(500)));
  });

  test.each([
    ['pid', '67 64000161 0000000100000002 03'],
    ['new pid', '58 770161 000000010000000200000003'],
    ['port', '66 64000161 00000001 03'],
    ['new port', '59 770161 0000000100000003'],
    ['v4 port', '78 770161 000000000000000100000003'],
    ['reference', '65 64000161 00000001 03'],
    ['new reference', '72 0002 64000161 03 0000000100000002'],
    ['newer reference', '5a 0001 770161 00000003 00000001'],
    ['fun', `70 0000001f ${'00'.repeat(27)}`],
  ])('a %s is carried byte for byte', (_name, bytes) => {
    const whole = `83 6802 ${bytes} 6101`.replaceAll(' ', '');
    const term = decodeTerm(fromHex(whole));
    expect(term).toMatchObject({ kind: 'tuple', items: [{ kind: 'opaque' }, { kind: 'integer' }] });
    expect(hex(encodeTerm(term))).toBe(whole);
  });
});

describe('writing', () => {
  test.each([
    ['an atom beyond Latin-1 with tag 119', atom('日本'), '837706e697a5e69cac'],
    [
      'an atom of more than 255 bytes with tag 118',
      atom('日'.repeat(100)),
      `8376012c${'e697a5'.repeat(100)}`,
    ],
    ['an atom of Latin-1 with tag 100', atom('é'), '83640001e9'],
  ])('%s', (_name, term, bytes) => {
    expect(hex(encodeTerm(term))).toBe(bytes);
    expect(decodeTerm(fromHex(bytes))).toEqual(term);
  });

  test('an integer of more than 255 bytes takes the long form', () => {
    expect(bigInHex(2n ** 2040n).slice(0, 14)).toBe('836f0000010000');
    expect(() => bigInHex(2n ** 8192n)).toThrow(TermError);
  });

  test('the keys of a map are in term order: numbers, atoms, functions, tuples, maps, lists, binaries', () => {
    const keys = [
      integer(2),
      integer(10),
      float(1),
      atom('a'),
      atom('b'),
      samples[24]?.[2] ?? NIL,
      tuple(integer(9)),
      tuple(integer(1), integer(2)),
      map([]),
      map([[integer(1), NIL]]),
      list([]),
      ints(1),
      list([integer(1)], text('t')),
      text(''),
      text('a'),
      text('b'),
    ];
    for (const shuffled of [keys.toReversed(), [...keys.slice(7), ...keys.slice(0, 7)]]) {
      const term = map(shuffled.map((key) => [key, NIL]));
      expect(term).toEqual({ kind: 'map', entries: keys.map((key) => [key, NIL]) });
      // also when a map was not built with `map`
      expect(encodeTerm({ kind: 'map', entries: shuffled.map((key) => [key, NIL]) })).toEqual(
        encodeTerm(term),
      );
    }
  });

  test.each<readonly [string, Term]>([
    ['NaN', { kind: 'float', value: Number.NaN }],
    ['half a surrogate pair', atom('\ud800')],
    ['an atom of 256 characters', atom('a'.repeat(256))],
    ['a tail without items', { kind: 'list', items: [], tail: NIL }],
    [
      'more atoms than the limit',
      list(Array.from({ length: 6000 }, (_, index) => atom(`a${index}`))),
    ],
    ['more terms than the limit', list(Array.from({ length: 100_001 }, () => NIL))],
    ['more bytes than the limit', { kind: 'binary', bytes: new Uint8Array(3 * 1024 * 1024) }],
    [
      'terms nested too deep',
      Array.from({ length: 201 }).reduce<Term>((inner) => tuple(inner), NIL),
    ],
  ])('refuses %s', (_name, term) => {
    expect(() => encodeTerm(term)).toThrow(TermError);
  });

  test('any term → bytes → the same term', () => {
    fc.assert(
      fc.property(anyTerm, (term) => {
        const bytes = encodeTerm(term);
        const read = decodeTerm(bytes);
        return equals(read, term) && hex(encodeTerm(read)) === hex(bytes);
      }),
      { numRuns: 1000 },
    );
  });
});
