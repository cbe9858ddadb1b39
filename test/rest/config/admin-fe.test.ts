import { describe, expect, it } from 'vitest';
import { isReadableByAdminFe } from '../../../src/rest/config/admin-fe.js';
import type { JsonValue } from '../../../src/erlang/json.js';

const tuple = (...items: JsonValue[]): JsonValue => ({ tuple: items });
const readable: readonly (readonly [string, JsonValue])[] = [
  [':k', 'text'], [':k', 1], [':k', true], [':k', null], [':k', []], [':k', ['a', 1, null]], [':k', [tuple(':a', { any: [[1]] })]], [':k', [tuple(':a', [tuple(':b', 1)])]],
  [':types', { 'text/x': ['x'] }], [':extensions', {}], [':meta', { a: 1 }],
  [':rate_limit', [tuple(':a', tuple(500, 3)), tuple(':b', [tuple(1, 2), tuple(3, 4)]), tuple(':c', false)]],
  [':http', [tuple(':ip', tuple(127, 0, 0, 1))]], ['Oban', [tuple(':prune', ':disabled')]], ['Oban', [tuple(':prune', tuple(':maxlen', 1500))]],
  ['Oban', [tuple(':crontab', [tuple('0 0 * * *', 'Pleroma.Workers.Cron.DigestEmailsWorker')])]], [':welcome', [tuple(':email', [tuple(':sender', tuple('Us', 'us@home.example'))])]],
  [':assets', [tuple(':mascots', [tuple(':fox', { url: '/fox.png' })])]], [':manifest', [tuple(':icons', [{ src: '/a.svg' }])]],
  [':mrf_simple', [tuple(':reject', ['bad.example', tuple('worse.example', 'why')])]], [':emoji', [tuple(':groups', [tuple(':Custom', '/emoji/*.png')])]], [':mrf_subchain', [tuple(':match_actor', { '~r/x/': ['P'] })]],
];
const unreadable: readonly (readonly [string, JsonValue])[] = [
  [':k', { a: 1 }], [':k', tuple(':a', 1)], [':k', [{ a: 1 }]], [':k', [['a']]], [':k', ['a', tuple(':a', 1)]], [':k', [tuple(':a', 1), 'a']], [':k', [tuple(':a', 1, 2)]], [':k', [tuple(1, 2)]], [':k', [tuple(':a', [tuple(':b', 1), 2])]],
  [':rate_limit', [tuple(':a', null)]], [':rate_limit', [tuple(':a', [tuple(1, 2)])]], [':http', [tuple(':ip', '127.0.0.1')]], ['Oban', [tuple(':prune', null)]], [':welcome', [tuple(':email', [tuple(':sender', null)])]],
  [':assets', [tuple(':mascots', [tuple(':fox', null)])]], [':manifest', [tuple(':icons', ['/a.svg'])]], [':mrf_simple', [tuple(':reject', null)]], [':workers', [tuple(':retries', 5)]], [':mrf_subchain', [tuple(':match_actor', null)]],
];

describe('what AdminFE can read of a setting', () => {
  it.each(readable)('%s %j', (key, value) => {
    expect(isReadableByAdminFe(key, value)).toBe(true);
  });

  it.each(unreadable)('not %s %j', (key, value) => {
    expect(isReadableByAdminFe(key, value)).toBe(false);
  });
});
