import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTerm } from '../../src/erlang/decode.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { equals } from '../../src/erlang/term.js';
import { anyTerm } from './arbitrary-terms.js';

const hasErlang = spawnSync('erl', ['-version']).error === undefined;
const PROGRAM = `lists:foreach(fun(L) -> T = binary_to_term(base64:decode(L)), io:format("~s~n", [base64:encode(term_to_binary(T))]) end, string:lexemes(element(2, file:read_file("/dev/stdin")), "\\n")), halt().`;

test.skipIf(!hasErlang)('a real Erlang reads any of our terms and writes the same term (needs `erl` on PATH)', () => {
  const terms = fc.sample(anyTerm, 500);
  const input = terms.map((term) => Buffer.from(encodeTerm(term)).toString('base64')).join('\n');
  const { stdout } = spawnSync('erl', ['-noshell', '-eval', PROGRAM], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBe(terms.length);
  for (const [index, term] of terms.entries()) expect(equals(decodeTerm(Buffer.from(lines[index] ?? '', 'base64')), term)).toBe(true);
});
