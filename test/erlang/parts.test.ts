import { describe, expect, test } from 'vitest';
import {
  columnSpellings,
  columnTerm,
  columnText,
  looksLikeModule,
} from '../../src/erlang/atom-text.js';
import { parseElixirTerm } from '../../src/erlang/elixir-parser.js';
import { addressText, addressTuple } from '../../src/erlang/ip.js';
import { faultInPattern } from '../../src/erlang/regex-check.js';
import {
  asBoolean,
  asInteger,
  asText,
  asTextList,
  atom,
  float,
  integer,
  keyword,
  list,
  NIL,
  text,
  TRUE,
} from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { toElixir } from '../../src/erlang/to-elixir.js';

describe('the columns `group` and `key` (§3.1)', () => {
  test.each([
    [':pleroma', atom('pleroma')],
    ['Pleroma.Upload', atom('Elixir.Pleroma.Upload')],
    ['Oban', atom('Elixir.Oban')],
    [':"weird key"', atom('"weird key"')],
    ['pleroma', text('pleroma')],
    ['Some.Other', text('Some.Other')],
  ])('%s is read as the instance reads it', (column, term) => {
    expect(columnTerm(column)).toEqual(term);
  });

  test('an atom is stored as its inspection, anything else is refused', () => {
    expect(
      [atom('instance'), atom('Elixir.Pleroma.Upload'), atom('weird key')].map(columnText),
    ).toEqual([':instance', 'Pleroma.Upload', ':"weird key"']);
    expect(() => columnText(text('pleroma'))).toThrow(TermError);
  });

  test('Pleroma 1.x stored names without a colon too', () => {
    expect(columnSpellings('pleroma')).toEqual([':pleroma', 'pleroma']);
    expect(columnSpellings(':pleroma')).toEqual([':pleroma', 'pleroma']);
    expect(columnSpellings('Pleroma.Upload')).toEqual(['Pleroma.Upload']);
  });

  test.each([
    'Pleroma',
    'Pleroma.',
    'Pleroma.x',
    'PleromaX.Y',
    'Elixir.Pleroma.X',
    'Pleroma.A b',
    'pleroma.A',
    'Pleroma.A\n',
  ])('%j is no module', (name) => {
    expect(looksLikeModule(name)).toBe(false);
  });
});

describe('addresses (§3.4)', () => {
  test.each([
    ['127.0.0.1', '{127, 0, 0, 1}', undefined],
    ['::', '{0, 0, 0, 0, 0, 0, 0, 0}', undefined],
    ['2001:db8::a:0:0:1', '{8193, 3512, 0, 0, 10, 0, 0, 1}', undefined],
    ['1::', '{1, 0, 0, 0, 0, 0, 0, 0}', undefined],
    ['::ffff:1.2.3.4', '{0, 0, 0, 0, 0, 65535, 258, 772}', undefined],
    ['1:2:3:4:5:6:7:8', '{1, 2, 3, 4, 5, 6, 7, 8}', undefined],
    ['0:0:0:0:0:0:0:1', '{0, 0, 0, 0, 0, 0, 0, 1}', '::1'],
  ])('%s', (address, tuple, canonical) => {
    const term = addressTuple(address);
    expect(term && toElixir(term)).toBe(tuple);
    expect(addressText(parseElixirTerm(tuple))).toBe(canonical ?? address);
  });

  test.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    'g::',
    '::1.2.3',
    '1.2.3.4::',
    'example.org',
    '::12345',
  ])('%j is none', (address) => {
    expect(addressTuple(address)).toBeUndefined();
  });

  test.each(['{}', '{1, 2, 3}', '{256, 0, 0, 0}', '{1, 2, 3, :a}', '[1, 2, 3, 4]'])(
    '%s has no text',
    (tuple) => {
      expect(addressText(parseElixirTerm(tuple))).toBeUndefined();
    },
  );
});

describe('expressions PCRE refuses', () => {
  test.each([
    '(',
    ')',
    'a(b',
    '(a))',
    '[a',
    '[',
    '[]',
    'a\\',
    '*a',
    '+',
    '(?{x})',
    '(??{x})',
    'a|*b',
    '(*a',
    '[[:alpha:]',
    '\\Q(\\E(',
  ])('%s', (source) => {
    expect(faultInPattern(source, false)).toBeDefined();
  });

  test.each([
    '',
    'a',
    '(a|b)*',
    '[]a]',
    '[^]a]',
    '[\\]]',
    '[[:alpha:]_]+',
    '[[:x]',
    'a{2,3}?',
    '(?i)a',
    '(?:a)++',
    '(?<n>a)\\k<n>',
    '(?#(()a',
    '(*UTF8)a',
    '\\Q((\\E',
    '\\Q((',
    '\\c(',
    '\\(',
    'a?b*c+',
    '(?=a)(?!b)',
    '[\\Q]\\E]',
    '^*',
    'é',
  ])('not %s', (source) => {
    expect(faultInPattern(source, false)).toBeUndefined();
  });

  test('comments of an extended one may hold anything but code', () => {
    expect(faultInPattern('a # (', true)).toBeUndefined();
    expect(faultInPattern('a (?{1})', true)).toBeDefined();
  });
});

describe('readers of terms', () => {
  const settings = parseElixirTerm(
    '[name: "x", limit: 5, open: true, hosts: ["a", "b"], name: "y"]',
  );

  test('take a value out of a keyword list', () => {
    expect(asText(keyword(settings, 'name'))).toBe('x');
    expect(asInteger(keyword(settings, 'limit'))).toBe(5);
    expect(asBoolean(keyword(settings, 'open'))).toBe(true);
    expect(asTextList(keyword(settings, 'hosts'))).toEqual(['a', 'b']);
    expect(keyword(settings, 'other')).toBeUndefined();
    expect(keyword(NIL, 'name')).toBeUndefined();
  });

  test('are undefined for anything else', () => {
    expect([
      asText(NIL),
      asText({ kind: 'binary', bytes: Uint8Array.of(255) }),
      asText(undefined),
    ]).toEqual([undefined, undefined, undefined]);
    expect([
      asInteger(float(1)),
      asInteger(integer(2n ** 60n)),
      asBoolean(NIL),
      asTextList(list([TRUE])),
      asTextList(text('a')),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test('a number that is no term is refused', () => {
    for (const make of [
      () => integer(1.5),
      () => integer(2 ** 60),
      () => float(Number.NaN),
      () => text('\udc00'),
    ])
      expect(make).toThrow(TermError);
  });
});
