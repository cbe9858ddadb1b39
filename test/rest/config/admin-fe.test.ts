import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAdminFe } from '../../../src/rest/admin-fe.js';
import { isReadableByAdminFe } from '../../../src/rest/config/admin-fe.js';
import type { JsonValue } from '../../../src/erlang/json.js';

const tuple = (...items: JsonValue[]): JsonValue => ({ tuple: items });
const readable: readonly (readonly [string, JsonValue])[] = [
  [':k', 'text'],
  [':k', 1],
  [':k', true],
  [':k', null],
  [':k', []],
  [':k', ['a', 1]],
  [':k', [tuple(1, 2)]],
  [':k', [tuple(':a', 1, 2)]],
  [':http_security', [tuple(':timeout', null)]],
  [':k', [tuple(':timeout', 5000)]],
  [':mrf', [tuple(':transparency_exclusions', null)]],
  [':mrf_subchain', [tuple(':match_actor', [])]],
  ['Oban', [tuple(':crontab', false)]],
  [':welcome', [tuple(':email', [tuple(':sender', null)])]],
  [
    ':mrf_simple',
    [tuple(':handle_threads', true), tuple(':reject', [tuple('bad.example', 'why')])],
  ],
  [':mrf_simple', [tuple(':reject', null)]],
  [':http', [tuple(':proxy_url', null)]],
  [':workers', [tuple(':retries', 5)]],
  [':mrf_subchain', [tuple(':match_actor', null)]],
  [':manifest', [tuple(':icons', ['/a.svg'])]],
  [':assets', [tuple(':mascots', [tuple(':fox', null)])]],
  [':rate_limit', [tuple(':a', [tuple(1, 2)])]],
  [':k', [tuple(':a', { any: [[1]] })]],
  [':k', [tuple(':a', [tuple(':b', 1)])]],
  [':types', { 'text/x': ['x'] }],
  [':extensions', {}],
  [':meta', { a: 1 }],
  [
    ':rate_limit',
    [tuple(':a', tuple(500, 3)), tuple(':b', [tuple(1, 2), tuple(3, 4)]), tuple(':c', false)],
  ],
  [':http', [tuple(':ip', tuple(127, 0, 0, 1))]],
  ['Oban', [tuple(':prune', ':disabled')]],
  ['Oban', [tuple(':prune', tuple(':maxlen', 1500))]],
  ['Oban', [tuple(':crontab', [tuple('0 0 * * *', 'Pleroma.Workers.Cron.DigestEmailsWorker')])]],
  [':welcome', [tuple(':email', [tuple(':sender', tuple('Us', 'us@home.example'))])]],
  [':assets', [tuple(':mascots', [tuple(':fox', { url: '/fox.png' })])]],
  [':manifest', [tuple(':icons', [{ src: '/a.svg' }])]],
  [':mrf_simple', [tuple(':reject', ['bad.example', tuple('worse.example', 'why')])]],
  [':emoji', [tuple(':groups', [tuple(':Custom', '/emoji/*.png')])]],
  [':mrf_subchain', [tuple(':match_actor', { '~r/x/': ['P'] })]],
];
const unreadable: readonly (readonly [string, JsonValue])[] = [
  [':k', { a: 1 }],
  [':k', tuple(':a', 1)],
  [':k', [{ a: 1 }]],
  [':k', [['a']]],
  [':k', ['a', tuple(':a', 1)]],
  [':k', [tuple(':a', 1), 'a']],
  [':k', ['a', 1, null]],
  [':k', [tuple(':a', [tuple(':b', 1), 2])]],
  [':rate_limit', [tuple(':a', null)]],
  [':rate_limit', [tuple(':a', [null])]],
  [':pleroma', [tuple(':ip_whitelist', null)]],
  [':http', [tuple(':ip', '127.0.0.1')]],
  ['Oban', [tuple(':prune', null)]],
  [':welcome', [tuple(':email', [tuple(':sender', { name: 'x' })])]],
  [':assets', [tuple(':mascots', [null])]],
  [':manifest', [tuple(':icons', [null])]],
  [':mrf_simple', [tuple(':reject', [5])]],
  ['Oban', [tuple(':crontab', ['x'])]],
];

describe('what AdminFE can read of a setting', () => {
  it.each(readable)('%s %j', (key, value) => {
    expect(isReadableByAdminFe(key, value)).toBe(true);
  });

  it.each(unreadable)('not %s %j', (key, value) => {
    expect(isReadableByAdminFe(key, value)).toBe(false);
  });
});

/**
 * What AdminFE does with a setting while it loads, written down from what its bundle was seen to do: it throws where a part it looks
 * into is not there.
 */
function load(key: string, value: unknown): void {
  const itemsOf = (of: unknown): unknown[] => (of as { tuple: unknown[] }).tuple;
  const first = (of: unknown): unknown => itemsOf(of)[0];
  if (
    [
      ':meta',
      ':types',
      ':extensions',
      ':compiled_template_engines',
      ':compiled_format_encoders',
    ].includes(key)
  )
    return;
  if (key === ':backends')
    return void (value as unknown[]).findIndex(
      (item) => typeof item === 'object' && itemsOf(item).includes(':ex_syslogger'),
    );
  if (
    value === null ||
    ['string', 'number', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item !== 'object'))
  )
    return;
  pairs(value as unknown[], key);

  function pairs(items: unknown[], under: string): void {
    items.reduce<undefined>((_found, item) => {
      const [name, part] = [first(item) as string, itemsOf(item)[1]];
      const list = Array.isArray(part) ? (part as unknown[]) : undefined;
      if (under === ':rate_limit') {
        if (typeof part !== 'boolean')
          (list ?? [part]).forEach((limit) => {
            void itemsOf(limit);
          });
      } else if (name === ':mascots') (part as unknown[]).forEach(first);
      else if (
        list &&
        (under === ':mrf_simple' ||
          [
            ':groups',
            ':replace',
            ':retries',
            ':timeout',
            ':crontab',
            ':transparency_exclusions',
            ':quarantined_instances',
          ].includes(name))
      ) {
        list.forEach((entry) => {
          if (typeof entry !== 'string' || name === ':crontab') first(entry);
        });
      } else if (name === ':icons') (part as unknown[]).map((icon) => Object.keys(icon as object));
      else if (name === ':prune') void (part === ':disabled' || itemsOf(part));
      else if (name === ':sender')
        void (typeof part === 'object' && part !== null && itemsOf(part).length);
      else if (name === ':ip_whitelist')
        (part as unknown[]).forEach(
          (address) => typeof address === 'string' || itemsOf(address).join('.'),
        );
      else if (
        name !== ':args' &&
        list?.[0] !== null &&
        typeof list?.[0] === 'object' &&
        !Array.isArray(list[0]) &&
        Object.hasOwn(list[0], 'tuple')
      )
        pairs(list, name);
      else if (!list && name === ':ip') itemsOf(part).join('.');
      return undefined;
    }, undefined);
  }
}

function loads(key: string, value: unknown): boolean {
  try {
    load(key, value);
    return true;
  } catch {
    return false;
  }
}

describe('AdminFE itself', () => {
  const { pairs } = JSON.parse(
    readFileSync(new URL('../../erlang/golden/config-terms.json', import.meta.url), 'utf8'),
  ) as { pairs: { json: JsonValue }[] };
  const keys = [':k', ':rate_limit', ':mrf_simple', ':types', ':backends', ':extensions'];

  it.each([...readable, ...unreadable])(
    'loads what is sent to it, and nothing it loads is left out: %s %j',
    (key, value) => {
      expect(isReadableByAdminFe(key, value)).toBe(loads(key, value));
    },
  );

  it('the same for every recorded value, under every name with a rule', () => {
    const names = [
      ':a',
      ':groups',
      ':replace',
      ':retries',
      ':timeout',
      ':crontab',
      ':quarantined_instances',
      ':transparency_exclusions',
      ':mascots',
      ':icons',
      ':prune',
      ':sender',
      ':ip',
      ':ip_whitelist',
      ':match_actor',
      ':proxy_url',
      ':args',
    ];
    for (const { json } of pairs) {
      for (const key of keys) {
        for (const value of [
          json,
          [json],
          [tuple(':a', [tuple(':b', json)])],
          ...names.flatMap((name) => [
            [tuple(name, json)],
            [tuple(name, [json])],
            [tuple(':x', [tuple(name, json)])],
          ]),
        ]) {
          expect([key, value, isReadableByAdminFe(key, value)]).toEqual([
            key,
            value,
            loads(key, value),
          ]);
        }
      }
    }
  });
});

it.each([
  [{ cookie: 'Admin-Token=%22x%22; Auth-Host=%22h%22', referer: undefined }, true],
  [{ cookie: 'a=b; Auth-Host=%22h%22', referer: 'https://home.example/' }, true],
  [{ cookie: undefined, referer: 'https://home.example/pleroma/admin/#/settings/mrf' }, true],
  [{ cookie: undefined, referer: 'https://home.example/pleroma/admin' }, true],
  [{ cookie: 'Admin-Token=x', referer: 'https://home.example/soapbox/admin/federation' }, false],
  [{ cookie: 'My-Admin-Token=x', referer: undefined }, false],
  [{ cookie: undefined, referer: undefined }, false],
  [{ cookie: undefined, referer: 'no address' }, false],
])('who asks is told by page and cookies: %j', (headers, expected) => {
  expect(isAdminFe(headers)).toBe(expected);
});
