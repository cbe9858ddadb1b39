import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfigFile, writeConfigFile } from '../../src/erlang/config-file.js';
import { parseElixirTerm } from '../../src/erlang/elixir-parser.js';
import {
  atom,
  equals,
  float,
  integer,
  list,
  text,
  tuple,
  type Term,
} from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { toElixir } from '../../src/erlang/to-elixir.js';
import { anyTerm, FUZZ_RUNS, processorTime } from './arbitrary-terms.js';

describe('term → Elixir text (§3.7)', () => {
  test.each<readonly [string, Term]>([
    ['1.0', float(1)],
    ['100000.0', float(100_000)],
    ['1.0e16', float(1e16)],
    ['1.0e20', float(1e20)],
    ['1.0e-7', float(1e-7)],
    ['0.0001', float(0.0001)],
    ['1.2e-4', float(0.00012)],
    ['-0.0', float(-0)],
    ['-12.5', float(-12.5)],
    ['"a\\"b\\\\c\\n\\r\\t\\a\\b\\f\\v\\e\\d\\#{x}#"', text('a"b\\c\n\r\t\x07\b\f\v\x1b\x7f#{x}#')],
    ['"\\u{202e}é日"', text('\u202eé日')],
    ['<<0>>', text('\0')],
    ['<<255, 1>>', { kind: 'binary', bytes: Uint8Array.of(255, 1) }],
    ['""', text('')],
    [':"weird key"', atom('weird key')],
    [':a@b', atom('a@b')],
    [':+', atom('+')],
    ['Pleroma.Upload', atom('Elixir.Pleroma.Upload')],
    [':"Elixir.upload"', atom('Elixir.upload')],
    [
      '[a: 1, "b c": 2, nil: 3]',
      list([
        tuple(atom('a'), integer(1)),
        tuple(atom('b c'), integer(2)),
        tuple(atom('nil'), integer(3)),
      ]),
    ],
    ['[{Foo, 1}]', list([tuple(atom('Elixir.Foo'), integer(1))])],
    ['~c"a\\"b"', list([97, 34, 98].map(integer))],
    ['[1, 2]', list([1, 2].map(integer))],
  ])('%s', (source, term) => {
    expect(toElixir(term)).toBe(source);
    expect(equals(parseElixirTerm(source), term)).toBe(true);
  });

  test('any term → text → the same term', () => {
    fc.assert(
      fc.property(anyTerm, (term) => {
        const source = toElixir(term);
        return !/[\r\n]/.test(source) && equals(parseElixirTerm(source), term);
      }),
      { numRuns: 1000 },
    );
  });

  test('an opaque term has no text', () => {
    expect(() => toElixir({ kind: 'opaque', bytes: Uint8Array.of(1) })).toThrow(TermError);
  });
});

describe('Elixir text → term', () => {
  test.each([
    ['1_048_576', '1048576'],
    ['0xFF', '255'],
    ['+1', '1'],
    ['- 1', '-1'],
    ['1_0.5e-3', '0.0105'],
    ['?a', '97'],
    ['?\\n', '10'],
    ["'abc'", '~c"abc"'],
    ["'é'", '[233]'],
    ['"\\x41\\u00e9\\u{1F600}\\s\\0"', '<<65, 195, 169, 240, 159, 152, 128, 32, 0>>'],
    ['"\\xff"', '<<255>>'],
    ['"a\\\n  b"', '"a  b"'],
    ['"""\n    one\n      two\n    """', '"one\\n  two\\n"'],
    ['"""\r\n  one\r\n  """', '"one\\r\\n"'],
    ['~w(a b  c)', '["a", "b", "c"]'],
    ['~w[a b]a', '[:a, :b]'],
    ['~w()', '[]'],
    ['~W(a #{b})', '["a", "\\#{b}"]'],
    ['~s(a "b" \\) \\n)', '"a \\"b\\" ) \\n"'],
    ['~S(a\\n)', '"a\\\\n"'],
    ['~c(ab)', '~c"ab"'],
    ['~r/a\\/b/i', '~r|a/b|i'],
    ['~R/a/', '~r/a/'],
    [':"a\\nb"', ':"a\\nb"'],
    ['{:a, b: 1}', '{:a, [b: 1]}'],
    ['[:a, b: 1,]', '[:a, {:b, 1}]'],
    ['%{"a" => 1, b: 2}', '%{:b => 2, "a" => 1}'],
    ['%{:a => 1,}', '%{a: 1}'],
    ['["k k": 1, \'c\': 2]', '["k k": 1, c: 2]'],
    ['(1)', '1'],
    ['<<"a", 1, 5::size(3)>>', '<<97, 1, 5::size(3)>>'],
    ['[1 | [2]]', '[1, 2]'],
    ['Elixir.Foo', 'Foo'],
    ['[ # comment }\n 1, # two\n 2 ]', '[1, 2]'],
    ['&Foo.bar!/2', '&Foo.bar!/2'],
    ['&:m."odd name"/0', '&:m."odd name"/0'],
  ])('%s', (source, shown) => {
    expect(toElixir(parseElixirTerm(source))).toBe(shown);
  });

  test.each([
    '',
    'foo',
    'foo()',
    'System.get_env("X")',
    'Path.join("a", "b")',
    '"a" <> "b"',
    '1 + 2',
    '1..2',
    '"#{x}"',
    "'#{x}'",
    ':"#{x}"',
    '~s(#{x})',
    '"""\n#{x}\n"""',
    '%URI{}',
    '%{a | b: 1}',
    '[1',
    '{1]',
    '[1 2]',
    '[a: 1, 2]',
    '"open',
    '"#{"open',
    '~D[2020-01-01]',
    '~w(a)z',
    '&foo/1',
    '& &1',
    'fn -> 1 end',
    '@x',
    '$',
    '~r/(/',
    '1.0e999',
    '"\\u{110000}"',
    '<<256>>',
    '<<1::8>>',
    '[a: ]',
    ': a',
    '{',
    '-:a',
    '1'.repeat(3000),
    '('.repeat(1000),
    '1 # and\n2',
  ])('%s is no data', (source) => {
    expect(() => parseElixirTerm(source)).toThrow(TermError);
  });

  test('the fault names its line', () => {
    expect(() => parseElixirTerm('[\n 1,\n foo\n]')).toThrow(
      expect.objectContaining({ line: 3, message: '"foo" is not data here' }),
    );
  });
});

const secret = `# the site
use Mix.Config
import Config

config :pleroma, Pleroma.Web.Endpoint,
  url: [host: "social.example", scheme: "https", port: 443],
  http: [ip: {127, 0, 0, 1}, port: 4_000]   # local

config(:pleroma, :instance, [name: "A \\"site\\"", limit: 5000])
config :logger, level: :warn, backends: [:console]; config :mime, :types, %{"application/xml" => ["xml"]}
config :pleroma, :mrf_keyword,
  reject: [~r/foo/i, "bar"],
  replace: [{"a", "b"}],
  words: ~w(x y)

config :pleroma, Pleroma.Repo,
  adapter: Ecto.Adapters.Postgres,
  password: System.get_env("DB_PASS")

config :pleroma, :long, """
  first
  second
  """

if File.exists?("x") do
  config :pleroma, :inner, a: 1
end

import_config "#{config_env()}.exs"
config :pleroma, :joined, "a" <>
  "b"
config :pleroma, :fun, [f: &System.halt/1]
config :pleroma, :chain, [f: &:hackney_connect.partial_chain/1]
config :pleroma, "text", 1
config :only
config :pleroma, :last, nil
config :pleroma, :open, "never closed
`;

describe('parseConfigFile (§3.7: a hand-written prod.secret.exs)', () => {
  const { statements, faults } = parseConfigFile(secret);

  test('reads every statement that is data', () => {
    expect(
      statements.map(
        ({ line, group, key, value }) =>
          `${line} ${toElixir(group)} ${toElixir(key)} ${toElixir(value)}`,
      ),
    ).toEqual([
      '5 :pleroma Pleroma.Web.Endpoint [url: [host: "social.example", scheme: "https", port: 443], http: [ip: {127, 0, 0, 1}, port: 4000]]',
      '9 :pleroma :instance [name: "A \\"site\\"", limit: 5000]',
      '10 :logger :level :warn',
      '10 :logger :backends [:console]',
      '10 :mime :types %{"application/xml" => ["xml"]}',
      '11 :pleroma :mrf_keyword [reject: [~r/foo/i, "bar"], replace: [{"a", "b"}], words: ["x", "y"]]',
      '16 :pleroma Pleroma.Repo [adapter: Ecto.Adapters.Postgres]',
      '20 :pleroma :long "first\\nsecond\\n"',
      '30 :pleroma :joined "ab"',
      '33 :pleroma :chain [f: &:hackney_connect.partial_chain/1]',
      '36 :pleroma :last nil',
    ]);
  });

  test('reports every other one, with its line, and nothing within a block as its own', () => {
    expect(
      faults.map(({ line, message, source }) => [line, message, source.split('\n')[0]]),
    ).toEqual([
      [18, '"." is not data here', 'config :pleroma, Pleroma.Repo,'],
      [25, 'only `config` statements are read', 'if File.exists?("x") do'],
      [29, 'only `config` statements are read', 'import_config "#{config_env()}.exs"'],
      [
        32,
        'a reference to the function halt/1 is not accepted',
        'config :pleroma, :fun, [f: &System.halt/1]',
      ],
      [34, 'the group and the key of a setting must be atoms', 'config :pleroma, "text", 1'],
      [35, 'the text ends within a term', 'config :only'],
      [37, 'a text is not closed', 'config :pleroma, :open, "never closed'],
    ]);
    expect(faults[1]?.source).toContain('config :pleroma, :inner, a: 1\nend');
  });

  test('line ends may be CRLF', () => {
    const windows = parseConfigFile(secret.replaceAll('\n', '\r\n'));
    expect(windows.statements.map(({ line }) => line)).toEqual(statements.map(({ line }) => line));
    expect(windows.faults.map(({ line, message }) => [line, message])).toEqual(
      faults.map(({ line, message }) => [line, message]),
    );
  });

  test('an empty file has nothing', () => {
    expect(parseConfigFile('\n# nothing\n')).toEqual({ statements: [], faults: [] });
  });

  test.each<readonly [string, string]>([
    ['3 MB', 'x'.repeat(3e6)],
    ['a million line ends in a statement', `config :a,${'\n'.repeat(1e6)}`],
    ['10^5 brackets', `config :a, :b, ${'['.repeat(1e5)}`],
    ['10^5 faults', 'x\n'.repeat(1e5)],
    ['10^6 blanks', ' '.repeat(1e6)],
    ['a charlist of 10^6 characters', `config :a, :b, ~c"${'a'.repeat(1e6)}"`],
  ])('%s is read within a second', (_name, source) => {
    expect(
      processorTime(() => expect(parseConfigFile(source).statements).toEqual([])),
    ).toBeLessThan(1000);
  });

  test('any damaged file is read or reported', () => {
    fc.assert(
      fc.property(
        fc.nat(secret.length),
        fc.nat(20),
        fc.oneof(fc.string(), fc.constantFrom('"', '"""', '#{', '}', 'do', 'end', '~r', '\\', "'")),
        (at, length, inserted) => {
          expect(
            processorTime(() =>
              parseConfigFile(secret.slice(0, at) + inserted + secret.slice(at + length)),
            ),
          ).toBeLessThan(50);
        },
      ),
      { numRuns: FUZZ_RUNS },
    );
  });
});

describe('writeConfigFile (§3.7)', () => {
  test('import Config, one setting per paragraph, CRLF', () => {
    const entry = {
      group: atom('pleroma'),
      key: atom('Elixir.Pleroma.Upload'),
      value: list([tuple(atom('limit'), integer(1048576))]),
    };
    expect(
      writeConfigFile([entry, { ...entry, key: atom('weird key'), value: text('a\r\n') }]),
    ).toBe(
      'import Config\r\n\r\nconfig :pleroma, Pleroma.Upload, [limit: 1048576]\r\n\r\nconfig :pleroma, :"weird key", "a\\r\\n"\r\n\r\n',
    );
  });

  test('nothing is cut: 20000 items, a text of 100000 characters', () => {
    const value = tuple(
      list(Array.from({ length: 20_000 }, (_, index) => integer(97 + (index % 20)))),
      text('é'.repeat(100_000)),
    );
    const [read] = parseConfigFile(
      writeConfigFile([{ group: atom('a'), key: atom('b'), value }]),
    ).statements;
    expect(read !== undefined && equals(read.value, value)).toBe(true);
  });

  test('any settings are read back', () => {
    const setting = fc.record({
      group: fc.constantFrom(atom('a'), atom('a b')),
      key: fc.constantFrom(atom('b'), atom('Elixir.B')),
      value: anyTerm,
    });
    fc.assert(
      fc.property(fc.array(setting, { maxLength: 4 }), (entries) => {
        const { statements, faults } = parseConfigFile(writeConfigFile(entries));
        fc.pre(faults.every(({ message }) => message.startsWith('a reference to the function')));
        expect(statements.length + faults.length).toBe(entries.length);
        if (faults.length === 0)
          for (const [index, entry] of entries.entries())
            expect(equals(statements[index]?.value ?? atom(''), entry.value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a group that is no atom is refused', () => {
    expect(() =>
      writeConfigFile([{ group: text('pleroma'), key: atom('a'), value: atom('b') }]),
    ).toThrow(TermError);
  });
});
