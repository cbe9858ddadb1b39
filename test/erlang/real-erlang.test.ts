import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTerm } from '../../src/erlang/decode.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { equals } from '../../src/erlang/term.js';
import { anyTerm } from './arbitrary-terms.js';

const hasErlang = spawnSync('erl', ['-version']).error === undefined;
/** Reads a file: what is piped in, Erlang's own input takes first. */
const PROGRAM = `{ok, Text} = file:read_file(os:getenv("TERMS")), lists:foreach(fun(L) -> T = binary_to_term(base64:decode(L)), io:format("~s~n", [base64:encode(term_to_binary(T))]) end, string:lexemes(Text, "\\n")), halt().`;

test.skipIf(!hasErlang)(
  'a real Erlang reads any of our terms and writes the same term (needs `erl` on PATH)',
  () => {
    const terms = fc.sample(anyTerm, 500);
    const input = terms.map((term) => Buffer.from(encodeTerm(term)).toString('base64')).join('\n');
    const home = mkdtempSync(join(tmpdir(), 'steward-erlang-'));
    const file = join(home, 'terms');
    writeFileSync(file, input);
    const { stdout, stderr } = spawnSync('erl', ['-noshell', '-eval', PROGRAM], {
      env: { ...process.env, TERMS: file },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    rmSync(home, { recursive: true });
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBe(terms.length);
    for (const [index, term] of terms.entries())
      expect(equals(decodeTerm(Buffer.from(lines[index] ?? '', 'base64')), term)).toBe(true);
  },
);
