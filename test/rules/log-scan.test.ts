import { describe, expect, it } from 'vitest';
import { findLeaks } from '../support/log-scan.js';

describe('the scan of all logs at the end of a run finds a secret', () => {
  it.each([
    ['as it is', 'the password', 'login with the password failed'],
    ['without its padding', 'pBxwOJgD=', 'token pBxwOJgD'],
    ['in a URL', 'pass/word 1', 'GET /x?p=pass%2Fword%201'],
    ['in JSON', 'say "friend"\n', JSON.stringify({ msg: 'say "friend"\n' })],
  ])('%s', (_case, secret, line) => {
    expect(findLeaks(['nothing', line, 'nothing'], ['another secret', secret])).toEqual([
      { secret, line },
    ]);
    expect(findLeaks(['nothing'], ['another secret', secret])).toEqual([]);
  });
});
