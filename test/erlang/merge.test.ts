import { describe, expect, test } from 'vitest';
import { decodeTerm } from '../../src/erlang/decode.js';
import { parseElixirTerm } from '../../src/erlang/elixir-parser.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { fromJson } from '../../src/erlang/from-json.js';
import {
  deleteSubkeys,
  keywordKeys,
  mergeSetting,
  overlaySetting,
} from '../../src/erlang/merge.js';
import { atom, text } from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { toElixir } from '../../src/erlang/to-elixir.js';
import { fromHex, hex } from './arbitrary-terms.js';

function merged(group: string, key: string, previous: string, next: string): string {
  return toElixir(
    mergeSetting(atom(group), atom(key), parseElixirTerm(previous), parseElixirTerm(next)),
  );
}

describe('mergeSetting (§3.5)', () => {
  test.each([
    [
      'old keys first, then the new in their order',
      'instance',
      '[a: 1, b: 2, c: 3]',
      '[d: 4, c: 5, a: 6]',
      '[b: 2, d: 4, c: 5, a: 6]',
    ],
    [
      'keyword lists within merge too',
      'instance',
      '[a: [b: 1, c: [d: 2]]]',
      '[a: [c: [e: 3]]]',
      '[a: [b: 1, c: [d: 2, e: 3]]]',
    ],
    [
      'the empty list counts as one',
      'instance',
      '[a: [b: 1], c: []]',
      '[a: [], c: [d: 1]]',
      '[a: [b: 1], c: [d: 1]]',
    ],
    ['posting [] changes nothing', 'instance', '[a: 1]', '[]', '[a: 1]'],
    [
      'other lists are replaced',
      'instance',
      '[a: [1], b: ["x"]]',
      '[a: [2], b: [c: 1]]',
      '[a: [2], b: [c: 1]]',
    ],
    ['maps are replaced', 'instance', '[a: %{b: 1}]', '[a: %{c: 1}]', '[a: %{c: 1}]'],
    ['a value that is no list is replaced', 'instance', '1', '[a: 1]', '[a: 1]'],
    ['and by one', 'instance', '[a: 1]', '%{}', '%{}'],
    [
      'a key twice in the old list',
      'instance',
      '[a: [b: 1], a: 2, c: 3]',
      '[a: [d: 4]]',
      '[c: 3, a: [b: 1, d: 4]]',
    ],
    ['a key twice in the new list', 'instance', '[a: 1]', '[a: 2, a: 3]', '[a: 2, a: 3]'],
    [
      'mascots are replaced and come first',
      'assets',
      '[a: 1, mascots: [b: 1]]',
      '[c: 2, mascots: [d: 1]]',
      '[mascots: [d: 1], a: 1, c: 2]',
    ],
    [
      'mascots that are new stay in place',
      'assets',
      '[a: 1]',
      '[c: 2, mascots: [d: 1]]',
      '[a: 1, c: 2, mascots: [d: 1]]',
    ],
    [
      'the subkey of another setting merges',
      'instance',
      '[mascots: [b: 1]]',
      '[mascots: [d: 1]]',
      '[mascots: [b: 1, d: 1]]',
    ],
    ['ecto_repos is replaced', 'ecto_repos', '[a: 1]', '[b: 1]', '[b: 1]'],
  ])('%s', (_name, key, previous, next, result) => {
    expect(merged('pleroma', key, previous, next)).toBe(result);
  });

  test.each([
    ['mime', 'types'],
    ['cors_plug', 'max_age'],
    ['cors_plug', 'methods'],
    ['cors_plug', 'expose'],
    ['cors_plug', 'headers'],
    ['swarm', 'node_blacklist'],
    ['logger', 'backends'],
  ])('%s, %s is replaced', (group, key) => {
    expect(merged(group, key, '[1, 2]', '[3]')).toBe('[3]');
  });

  test('lists that are no keyword lists are refused, where the instance crashes', () => {
    expect(() => merged('pleroma', 'x', '[1, 2]', '[3]')).toThrow(TermError);
    expect(() => merged('pleroma', 'x', '[a: 1]', '[{"b", 3}]')).toThrow(TermError);
  });
});

// The value before, the JSON posted, the value a real Akkoma stored.
test.each<readonly [string, string, string, string, unknown, string]>([
  [
    'merge into existing keyword',
    'pleroma',
    'Elixir.Pleroma.Captcha',
    '836c000000026802640007656e61626c656464000566616c736568026400066d6574686f64640020456c697869722e506c65726f6d612e436170746368612e4b6f636170746368616a',
    [{ tuple: [':seconds_valid', 60] }],
    '836c000000036802640007656e61626c656464000566616c736568026400066d6574686f64640020456c697869722e506c65726f6d612e436170746368612e4b6f63617074636861680264000d7365636f6e64735f76616c6964613c6a',
  ],
  [
    'full-update key (:mrf_keyword reject)',
    'pleroma',
    'mrf_keyword',
    '836c00000001680264000672656a6563746c000000016d00000007626164776f72646a6a',
    [{ tuple: [':replace', [{ tuple: ['a', 'b'] }]] }],
    '836c00000002680264000672656a6563746c000000016d00000007626164776f72646a68026400077265706c6163656c0000000168026d00000001616d00000001626a6a',
  ],
])('recorded: %s', (_name, group, key, before, json, after) => {
  const previous = decodeTerm(fromHex(before));
  expect(
    hex(encodeTerm(mergeSetting(atom(group), atom(key), previous, fromJson(json, { previous })))),
  ).toBe(after);
});

describe('deleteSubkeys (§3.5)', () => {
  const value = parseElixirTerm('[a: 1, b: 2, a: 3]');

  test('removes every entry of the keys; unknown ones and texts remove nothing', () => {
    expect(toElixir(deleteSubkeys(value, [atom('a'), atom('zzz'), text('b')]))).toBe('[b: 2]');
    expect(toElixir(deleteSubkeys(value, [atom('a'), atom('b')]))).toBe('[]');
  });

  test('refuses what is no keyword list', () => {
    expect(() => deleteSubkeys(parseElixirTerm('[1]'), [atom('a')])).toThrow(TermError);
    expect(() => deleteSubkeys(parseElixirTerm('%{a: 1}'), [atom('a')])).toThrow(TermError);
  });

  test('keywordKeys tells the keys of what can be deleted', () => {
    expect(keywordKeys(value)).toEqual([atom('a'), atom('b'), atom('a')]);
    expect(keywordKeys(text('x'))).toBeUndefined();
  });
});

test('a file that sets a setting again merges keyword lists and replaces everything else', () => {
  const over = (previous: string, next: string): string =>
    toElixir(
      overlaySetting(atom('pleroma'), atom('k'), parseElixirTerm(previous), parseElixirTerm(next)),
    );
  expect(over('[a: 1, b: 2]', '[b: 3]')).toBe('[a: 1, b: 3]');
  expect(over('["a"]', '["b"]')).toBe('["b"]');
  expect(over('[a: 1]', '"text"')).toBe('"text"');
});
