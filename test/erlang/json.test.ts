import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeTerm } from '../../src/erlang/encode.js';
import { parseElixirTerm } from '../../src/erlang/elixir-parser.js';
import { fromJson } from '../../src/erlang/from-json.js';
import { JsonFloat, writeJson, type JsonValue } from '../../src/erlang/json.js';
import { parseJson } from '../../src/erlang/parse-json.js';
import { regex, regexDialectOf } from '../../src/erlang/regex.js';
import {
  atom,
  equals,
  float,
  integer,
  list,
  map,
  text,
  tuple,
  type Term,
} from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { toElixir } from '../../src/erlang/to-elixir.js';
import { toJson } from '../../src/erlang/to-json.js';
import { anyTerm, hex, processorTime } from './arbitrary-terms.js';

const elixir = (source: string): Term => parseElixirTerm(source);
const shown = (source: string): string => writeJson(toJson(elixir(source)));
const read = (json: string, previous?: string): string =>
  toElixir(fromJson(parseJson(json), previous === undefined ? {} : { previous: elixir(previous) }));

describe('term → JSON (§3.3)', () => {
  test.each([
    ['a charlist is its codes', `~c"abc"`, '[97,98,99]'],
    ['an expression is its text', '~r|a/b|iu', '"~r/a\\\\/b/iu"'],
    ['atom keys get a colon, text keys stay', '%{"a" => 1, b: 2}', '{":b":2,"a":1}'],
    ['numbers and constants as keys', '%{1 => 1, nil: 2}', '{"1":1,"nil":2}'],
    [
      'tuples in :args are inspected, others converted',
      '{:args, [{1, [a: "b"]}, :c, "d", [1]]}',
      '{"tuple":[":args",["{1, [a: \\"b\\"]}",":c","d",[1]]]}',
    ],
    [
      'the host of :proxy_url, a name',
      '{:proxy_url, {:socks5, ~c"proxy.example", 1}}',
      '{"tuple":[":proxy_url",{"tuple":[":socks5","proxy.example",1]}]}',
    ],
    [
      'the host of :proxy_url, IPv6',
      '{:proxy_url, {:http, {8193, 3512, 0, 0, 0, 0, 0, 1}, 1}}',
      '{"tuple":[":proxy_url",{"tuple":[":http","2001:db8::1",1]}]}',
    ],
    [
      'an address elsewhere is a tuple',
      '{:ip, {127, 0, 0, 1}}',
      '{"tuple":[":ip",{"tuple":[127,0,0,1]}]}',
    ],
    [
      'a function in :partial_chain',
      '{:partial_chain, &:hackney_connect.partial_chain/1}',
      '{"tuple":[":partial_chain","&:hackney_connect.partial_chain/1"]}',
    ],
    ['floats stay floats', '[1.0, 1.5, 1.0e20, 1]', '[1.0,1.5,1.0e20,1]'],
    ['large integers stay exact', '[9007199254740993]', '[9007199254740993]'],
    ['TLS versions are not quoted', '[:"tlsv1.1", :"tlsv1.9"]', '[":tlsv1.1",":\\"tlsv1.9\\""]'],
    [
      'odd atoms are quoted, operators and letters are not',
      '[:"foo bar", :+, :é, :ok?]',
      '[":\\"foo bar\\"",":+",":é",":ok?"]',
    ],
    ['a module has no Elixir', '[Pleroma.Upload, Some.Other]', '["Pleroma.Upload","Some.Other"]'],
  ])('%s', (_name, source, json) => {
    expect(shown(source)).toBe(json);
  });

  test.each([
    ['a struct', '%{__struct__: URI, host: "x"}', '$'],
    ['a tuple as key', '[a: %{{1} => 1}]', '$[0].tuple[1]'],
    ['keys that become one', '%{"1" => 1, 1 => 2}', '$'],
    ['an improper list', '{1, [1 | 2]}', '$.tuple[1]'],
    ['a binary that is no UTF-8', '[<<255>>]', '$[0]'],
    ['a bitstring', '<<1::size(3)>>', '$'],
  ])('%s has none, and the path is named', (_name, source, path) => {
    expect(() => shown(source)).toThrow(expect.objectContaining({ name: 'TermError', path }));
  });

  test('the legacy dialect (L config.ex:84-118) inspects :dispatch, quotes nothing, and knows no :args or :proxy_url', () => {
    const term = elixir(
      '[dispatch: [{:_, [{"/x", M, []}]}], args: [{1}], proxy_url: {:http, :localhost, 1}, a: :"foo bar"]',
    );
    expect(writeJson(toJson(term, 'legacy'))).toBe(
      '[{"tuple":[":dispatch",["{:_, [{\\"/x\\", M, []}]}"]]},{"tuple":[":args",[{"tuple":[1]}]]},{"tuple":[":proxy_url",{"tuple":[":http",":localhost",1]}]},{"tuple":[":a",":foo bar"]}]',
    );
    expect(equals(fromJson(toJson(term, 'legacy'), { dialect: 'legacy' }), term)).toBe(true);
  });
});

describe('JSON → term (§3.4)', () => {
  test.each([
    ['a text loses blanks around it', '"  a b "', '"a b"'],
    ['"true" stays a text', '"true"', '"true"'],
    ['an atom is verbatim', '":a b"', ':"a b"'],
    ['":true" is true, ":nil" is nil', '[":true",":nil"]', '[true, nil]'],
    ['two colons', '"::ok"', ':":ok"'],
    [
      'the modules of Akkoma and Pleroma',
      '["Pleroma.A","Phoenix.A","Tesla.A","Quack.A","Ueberauth.A","Swoosh.A","Logger.A","Oban"]',
      '[Pleroma.A, Phoenix.A, Tesla.A, Quack.A, Ueberauth.A, Swoosh.A, Logger.A, Oban]',
    ],
    [
      'no modules',
      '["Pleroma","Phoenix","Elixir.Pleroma.X","Pleroma.is great","Plerom.A","Oban.X"]',
      '["Pleroma", "Phoenix", "Elixir.Pleroma.X", "Pleroma.is great", "Plerom.A", "Oban.X"]',
    ],
    ['an object with `tuple` is a tuple, its other keys are dropped', '{"tuple":[1],"x":2}', '{1}'],
    ['keys are converted', '{":a":1,"b":2,"Oban":3}', '%{Oban => 3, :a => 1, "b" => 2}'],
    [
      'literals in :args',
      '{"tuple":[":args",["{1, :a, [b: Some.Mod]}","{}"," :c","plain",1]]}',
      '{:args, [{1, :a, [b: Some.Mod]}, {}, :c, "plain", 1]}',
    ],
    [
      'the host of :proxy_url',
      '{"tuple":[":proxy_url",{"tuple":[":http","proxy.example",80]}]}',
      '{:proxy_url, {:http, ~c"proxy.example", 80}}',
    ],
    ['another :proxy_url', '{"tuple":[":proxy_url","http://x:1"]}', '{:proxy_url, "http://x:1"}'],
    [
      'a :partial_chain',
      '{"tuple":[":partial_chain","&:hackney_connect.partial_chain/1"]}',
      '{:partial_chain, &:hackney_connect.partial_chain/1}',
    ],
    [
      'floats and integers',
      '[1.0,1,1e2,-0.25,18446744073709551616]',
      '[1.0, 1, 100.0, -0.25, 18446744073709551616]',
    ],
    ['a constructor name is a key like others', '{"__proto__":1}', '%{"__proto__" => 1}'],
  ])('%s', (_name, json, source) => {
    expect(read(json)).toBe(source);
  });

  test.each([
    ['~r/foo/i', '~r/foo/i'],
    ['~r|a/b|', '~r|a/b|'],
    ['~r"a"', '~r/a/'],
    ["~r'a'u", '~r/a/u'],
    ['~r(a)', '~r/a/'],
    ['~r[a]', '~r/a/'],
    ['~r{a}', '~r/a/'],
    ['~r<a)', '~r/a/'],
    ['~r/a/b/s', '~r|a/b|s'],
    ['~r/a\\nb/', '~r/a\\nb/'],
  ])('the expression %s', (json, source) => {
    expect(toElixir(fromJson(json))).toBe(source);
  });

  test('an expression is stored for any PCRE to compile (101 bytes, §3.2)', () => {
    expect(hex(encodeTerm(fromJson('~r/foo/i')))).toBe(
      '83740000000564000a5f5f7374727563745f5f64000c456c697869722e52656765786400046f7074736d000000016964000a72655f7061747465726e6400036e696c64000a72655f76657273696f6e6d00000000640006736f757263656d00000003666f6f',
    );
  });

  test.each(['letters', 'atoms', 'atoms-otp28'] as const)(
    'an expression in the dialect %s is read and written',
    (dialect) => {
      const term = fromJson('~r/foo/uisxU', { regex: dialect });
      expect(toJson(term)).toBe('~r/foo/uisxU');
      expect(regexDialectOf(elixir('[1, {2, 3}]'))).toBeUndefined();
      expect(regexDialectOf(tuple(integer(1), list([map([[text('a'), term]])])))).toBe(dialect);
      expect(equals(parseElixirTerm(toElixir(term), { regex: dialect }), term)).toBe(true);
    },
  );

  test('an unknown module is :invalid_atom when the instance is known to lack it', () => {
    expect(fromJson('Pleroma.NotReal', { hasModule: () => false })).toEqual(atom('invalid_atom'));
    expect(fromJson('Pleroma.NotReal')).toEqual(atom('Elixir.Pleroma.NotReal'));
  });
});

describe('what Akkoma would evaluate or choke on is refused', () => {
  test.each([
    ['a call in :args', { tuple: [':args', ['{System.cmd("id", [])}']] }, '$.tuple[1][0]'],
    [
      'a call in :args with the full name',
      { tuple: [':args', ['{Elixir.System.cmd("id", [])}']] },
      '$.tuple[1][0]',
    ],
    ['a function in :args', { tuple: [':args', ['{&System.halt/1}']] }, '$.tuple[1][0]'],
    ['an anonymous function in :args', { tuple: [':args', ['{fn -> 1 end}']] }, '$.tuple[1][0]'],
    ['interpolation in :args', { tuple: [':args', ['{"#{1}"}']] }, '$.tuple[1][0]'],
    [
      'another function as :partial_chain',
      { tuple: [':partial_chain', '&System.halt/1'] },
      '$.tuple[1]',
    ],
    ['a call as :partial_chain', { tuple: [':partial_chain', 'System.halt(1)'] }, '$.tuple[1]'],
    ['interpolation in an expression', '~r/#{System.halt()}/', '$'],
    ['an expression with code', ['~r(?{1})', '~r/(?{1})/'], '$[0]'],
    ['an expression that is none', '~rfoo', '$'],
    ['an expression with unknown modifiers', '~r/a/z', '$'],
    ['an expression that cannot be compiled', '~r/(a/', '$'],
    ['a tuple that is no array', { a: { tuple: 'x' } }, '$.a.tuple'],
    ['an atom of 256 characters', [`:${'a'.repeat(256)}`], '$[0]'],
    ['half a surrogate pair', ['\ud800'], '$[0]'],
    ['a number that JSON.parse has rounded', [2 ** 60], '$[0]'],
    ['something that is no JSON', [undefined], '$[0]'],
  ])('%s', (_name, json, path) => {
    expect(() => fromJson(json)).toThrow(expect.objectContaining({ name: 'TermError', path }));
  });

  test.each<readonly [string, unknown]>([
    ['10^5 atoms', Array.from({ length: 100_000 }, (_, index) => `:a${index}`)],
    [
      '10^5 arrays, each within another',
      Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 1),
    ],
    ['10^5 brackets in :args', { tuple: [':args', ['{'.repeat(100_000)]] }],
    ['10^5 strings within interpolations', { tuple: [':args', ['{"#{'.repeat(50_000)]] }],
    ['an expression of 10^5 brackets', `~r/${'['.repeat(100_000)}/`],
    ['an expression of 10^5 flags and no end', `~r${'u'.repeat(100_000)} `],
  ])('%s in less than 100 ms', (_name, json) => {
    expect(processorTime(() => expect(() => fromJson(json)).toThrow(TermError))).toBeLessThan(100);
  });
});

describe('what was stored is kept where the JSON is the same (§3.2 REC, §3.3)', () => {
  test.each([
    [
      'floats, also with a new value',
      '[a: 1.0, b: 2.0]',
      '[{"tuple":[":a",1]},{"tuple":[":b",3]}]',
      '[a: 1.0, b: 3.0]',
    ],
    ['quoted atoms', '{:"foo bar", 1}', '{"tuple":[":\\"foo bar\\"",2]}', '{:"foo bar", 2}'],
    [
      'texts that look like something else',
      '["true", ":a", " b "]',
      '["true",":a"," b ","new"]',
      '["true", ":a", " b ", "new"]',
    ],
    ['keys of maps', '%{1 => :"a b"}', '{"1":":\\"a b\\"","2":2}', '%{1 => :"a b", "2" => 2}'],
    [
      'pairs of another order',
      '[a: :"x y", b: 1.0]',
      '[{"tuple":[":b",1]},{"tuple":[":a",":\\"x y\\""]}]',
      '[b: 1.0, a: :"x y"]',
    ],
    [
      'a host that was a text',
      '{:proxy_url, {:http, "h", 1}}',
      '{"tuple":[":proxy_url",{"tuple":[":http","h",2]}]}',
      '{:proxy_url, {:http, "h", 2}}',
    ],
    [
      'functions',
      '{:args, [{&System.halt/1}, "{"]}',
      '{"tuple":[":args",["{&System.halt/1}","{"]]}',
      '{:args, [{&System.halt/1}, "{"]}',
    ],
  ])('%s', (_name, previous, json, source) => {
    expect(read(json, previous)).toBe(source);
  });

  test('any term that has JSON comes back from it whole', () => {
    fc.assert(
      fc.property(
        anyTerm,
        fc.constantFrom('modern' as const, 'legacy' as const),
        (term, dialect) => {
          const json = jsonOf(term, dialect);
          fc.pre(json !== undefined);
          return equals(fromJson(parseJson(writeJson(json)), { previous: term, dialect }), term);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('of two pairs with one name each keeps its own value', () => {
    const twins = list([
      tuple(atom('end'), regex({ source: '.a', letters: '' })),
      tuple(atom('end'), atom('')),
    ]);
    expect(equals(fromJson(toJson(twins), { previous: twins }), twins)).toBe(true);
  });
});

function jsonOf(term: Term, dialect: 'modern' | 'legacy'): JsonValue | undefined {
  try {
    return toJson(term, dialect);
  } catch (error) {
    expect(error).toBeInstanceOf(TermError);
    return undefined;
  }
}

const word = fc.stringMatching(/^[a-z][a-z_0-9 ]{0,8}[a-z]$/);
/** An atom as a key writes it; these three have JSON of their own. */
const label = fc
  .stringMatching(/^:[a-z][a-z_0-9]{0,8}[?!]?$/)
  .filter((text) => ![':nil', ':true', ':false'].includes(text));
const documented = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<JsonValue>(
      null,
      true,
      false,
      'Pleroma.Upload',
      'Oban',
      ':tlsv1.2',
      '~r/foo/i',
      '',
      new JsonFloat(2),
    ),
    fc
      .bigInt()
      .map((value): JsonValue => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value): JsonValue => (Number.isInteger(value) ? new JsonFloat(value) : value)),
    word,
    label,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map((items): JsonValue => ({ tuple: items })),
    fc
      .array(fc.tuple(label, tie('value')), { maxLength: 4 })
      .map((pairs): JsonValue => pairs.map((pair) => ({ tuple: pair }))),
    fc
      .dictionary(fc.oneof(word, label), tie('value'), { maxKeys: 4 })
      .filter((object) => !Object.hasOwn(object, 'tuple')),
  ),
})).value;

test('any documented JSON → term → JSON (§3.3, §3.4)', () => {
  fc.assert(
    fc.property(documented, (json) => {
      expect(toJson(fromJson(json))).toEqual(json);
    }),
    { numRuns: 1000 },
  );
});

describe('numbers in JSON text', () => {
  test('any value is read as it was written', () => {
    fc.assert(
      fc.property(documented, (json) => void expect(parseJson(writeJson(json))).toEqual(json)),
    );
  });

  test('JSON.parse and parseJson agree', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false }),
        (json) =>
          void expect(JSON.parse(writeJson(parseJson(JSON.stringify(json))))).toEqual(
            JSON.parse(JSON.stringify(json)),
          ),
      ),
    );
  });

  test.each([
    '',
    '{',
    '[1,]',
    '{"a" 1}',
    '{"a":1,}',
    '01',
    '1.',
    '.5',
    '-',
    'nul',
    '"\n"',
    '"a',
    '"\\x"',
    '1 2',
    '1e999',
    '['.repeat(100_000),
    '1'.repeat(100_000),
    `"${'a'.repeat(3e6)}"`,
  ])('%# is refused', (source) => {
    expect(() => parseJson(source)).toThrow(TermError);
  });

  test('JSON.stringify of a whole float is a number', () => {
    expect(JSON.stringify(toJson(float(2)))).toBe('2');
  });
});
