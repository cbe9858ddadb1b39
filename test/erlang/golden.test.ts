import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeTerm } from '../../src/erlang/decode.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { parseElixirTerm } from '../../src/erlang/elixir-parser.js';
import { fromJson } from '../../src/erlang/from-json.js';
import type { JsonValue } from '../../src/erlang/json.js';
import { parseJson } from '../../src/erlang/parse-json.js';
import { regexParts } from '../../src/erlang/regex.js';
import { equals } from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { toElixir } from '../../src/erlang/to-elixir.js';
import { toJson } from '../../src/erlang/to-json.js';
import { fromHex, hex } from './arbitrary-terms.js';

interface Pair {
  readonly json: JsonValue;
  readonly elixir?: string;
  readonly etf_hex?: string;
  readonly back_to_json?: JsonValue;
}

const file = parseJson(
  readFileSync(new URL('golden/config-terms.json', import.meta.url), 'utf8'),
) as unknown as { pairs: readonly Pair[] };
const converted = file.pairs.flatMap(({ json, elixir, etf_hex, back_to_json }) =>
  elixir === undefined || etf_hex === undefined || back_to_json === undefined
    ? []
    : [{ json, elixir, bytes: etf_hex, back: back_to_json }],
);
const compiled = (elixir: string): boolean => elixir.includes('~r/') && !elixir.startsWith('"');
const hasModule = (name: string): boolean => name !== 'Pleroma.NotReal.Module';

describe('what a real Akkoma converted', () => {
  test('is all here', () => {
    expect(converted.length).toBe(58);
    expect(file.pairs.length).toBe(59);
  });

  test.each(converted)('bytes of $elixir → term → the same bytes', ({ bytes }) => {
    expect(hex(encodeTerm(decodeTerm(fromHex(bytes))))).toBe(bytes);
  });

  test.each(converted)('bytes of $elixir → JSON', ({ bytes, back }) => {
    expect(toJson(decodeTerm(fromHex(bytes)))).toEqual(back);
  });

  test.each(converted)('bytes of $elixir → Elixir text → term', ({ bytes, elixir }) => {
    const term = decodeTerm(fromHex(bytes));
    if (!compiled(elixir)) expect(toElixir(term)).toBe(elixir);
    expect(toJson(parseElixirTerm(elixir))).toEqual(toJson(term));
  });

  test.each(converted.filter(({ elixir }) => !compiled(elixir)))(
    'JSON of $elixir → the same bytes',
    ({ json, bytes }) => {
      expect(hex(encodeTerm(fromJson(json, { hasModule })))).toBe(bytes);
    },
  );

  test.each(converted.filter(({ elixir }) => compiled(elixir)))(
    'JSON of $elixir → the same expression, not compiled',
    ({ json, bytes, back }) => {
      const term = fromJson(json);
      const parts = (value: typeof term): unknown =>
        regexParts(value.kind === 'tuple' ? (value.items[1] ?? value) : value);
      expect(parts(term)).toEqual(parts(decodeTerm(fromHex(bytes))));
      expect(toJson(term)).toEqual(back);
    },
  );

  test.each(converted)(
    'posting back what $elixir shows keeps the stored term, compiled expressions included',
    ({ bytes, back }) => {
      const previous = decodeTerm(fromHex(bytes));
      expect(equals(fromJson(back, { previous }), previous)).toBe(true);
    },
  );

  test('what it refused is refused', () => {
    const refused = file.pairs.filter(({ etf_hex }) => etf_hex === undefined);
    expect(refused.length).toBe(1);
    for (const { json } of refused) expect(() => fromJson(json)).toThrow(TermError);
  });
});
