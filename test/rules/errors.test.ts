import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorCatalogue } from '../../src/errors.js';
import { requestErrors } from '../../src/server/request-errors.js';

it('docs/errors.md lists every code with its status, exit and meaning, and no other', () => {
  const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const documented = [...text.matchAll(/^\| ([A-Z_]+) \| (\d+) \| (\d) \| (.+) \|$/gm)].map(
    ([, code = '', status, exit, meaning]) => [
      code,
      { status: Number(status), exit: Number(exit), meaning },
    ],
  );
  expect(Object.fromEntries(documented)).toEqual(errorCatalogue);
});

it('docs/errors.md lists every code of a faulty GraphQL request with its status and meaning, and no other', () => {
  const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const documented = [...text.matchAll(/^\| ([A-Z_]+) \| (\d+) \| ([^|\d][^|]+) \|$/gm)].map(
    ([, code = '', status, meaning]) => [code, { status: Number(status), meaning }],
  );
  expect(Object.fromEntries(documented)).toEqual(requestErrors);
});
