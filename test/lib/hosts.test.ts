import { domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressForms,
  canonicalEmail,
  hostForms,
  parseHandle,
  parseHost,
} from '../../src/lib/hosts.js';

describe('a host has one form, however it is written', () => {
  it.each([
    ['bawü.example', 'xn--baw-joa.example'],
    ['BAWÜ.Example.', 'xn--baw-joa.example'],
    ['bawu\u0308.example', 'xn--baw-joa.example'],
    ['XN--BAW-JOA.example', 'xn--baw-joa.example'],
    ['bawü。example', 'xn--baw-joa.example'],
    ['faß.example', 'xn--fa-hia.example'],
    ['i❤.ws', 'xn--i-7iq.ws'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['उदाहरण.example', 'xn--p1b6ci4b4b3a.example'],
    [' Spam.Example ', 'spam.example'],
    ['@spam.example', 'spam.example'],
    ['https://Bawü.example', 'xn--baw-joa.example'],
    ['HTTPS://spam.example/about?a=b#c', 'spam.example'],
    ['http://spam.example:80/', 'spam.example'],
    ['https://spam.example:443', 'spam.example'],
    ['https://spam.example:8443/about', 'spam.example:8443'],
    ['spam.example:443', 'spam.example'],
    ['bawü.example:8443', 'xn--baw-joa.example:8443'],
    ['localhost', 'localhost'],
    ['under_score.example', 'under_score.example'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0::1', '[2001:db8::1]'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['[2001:db8::1]:8443', '[2001:db8::1]:8443'],
    ['https://[2001:db8::1]/', '[2001:db8::1]'],
  ])('%s is %s', (text, host) => {
    expect(parseHost(text)).toBe(host);
  });

  it.each([
    '',
    ' ',
    '.',
    '..',
    '@',
    '@@',
    'a..b',
    '.a.example',
    '-a.example',
    'a-.example',
    '%',
    '_',
    '*',
    '*.example',
    'a_co%',
    'a%2ecom',
    'a b.example',
    'a/b',
    'a.example/',
    'a@b.example',
    'acct:a@b.example',
    'https://b.example/@a',
    'https://b.example/users/a',
    "a.example' or true --",
    'a.example:0',
    'a.example:65536',
    'a.example:http',
    '12',
    '0x7f.1',
    '1.2.3',
    'xn--a',
    'https://',
    'https:///a',
    'https://u:p@a.example/',
    'https://a.example\\@b.example',
    'ftp://a.example',
    'javascript:alert(1)',
    '[::1',
    '::1%eth0',
    'fe80::1%25eth0',
    'a\u0000.example',
    'a\n.example',
    'a．example／x',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    'a#b',
    'a?b',
    'a\\b',
  ])('%j is none', (text) => {
    expect(parseHost(text)).toBeUndefined();
  });

  it('whatever is given: what comes out is ASCII, lower case, and stays as it is', () => {
    const labels = fc.stringMatching(/^[a-zA-Z0-9äöüßéçñøåλжя中文한日❤-]{1,20}$/u);
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(labels, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
      fc.domain(),
      fc.ipV6(),
      fc.ipV4(),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const host = parseHost(text);
        if (host === undefined) return;
        expect(host).toMatch(/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d+)?$/);
        expect(parseHost(host)).toBe(host);
        expect(parseHost(host.toUpperCase())).toBe(host);
        for (const form of hostForms(host)) expect(parseHost(form)).toBe(host);
      }),
      { numRuns: 500 },
    );
  });

  it('rows may hold it in ASCII or in Unicode', () => {
    expect(hostForms('xn--baw-joa.example')).toEqual(['xn--baw-joa.example', 'bawü.example']);
    expect(hostForms('xn--baw-joa.example:8443')).toEqual([
      'xn--baw-joa.example:8443',
      'bawü.example:8443',
    ]);
    expect(hostForms('spam.example')).toEqual(['spam.example']);
    expect(hostForms('[::1]:80')).toEqual(['[::1]:80']);
    expect(domainToUnicode('xn--baw-joa.example')).toBe('bawü.example');
  });
});

describe('a handle has one form', () => {
  it.each([
    ['lain', 'lain', undefined],
    ['@lain', 'lain', undefined],
    ['acct:lain', 'lain', undefined],
    [' @Tomas@Bawü.example. ', 'Tomas', 'xn--baw-joa.example'],
    ['acct:tomas@bawü.example', 'tomas', 'xn--baw-joa.example'],
    ['ACCT:tomas@bawü.example', 'tomas', 'xn--baw-joa.example'],
    ['tomas@bawü.example:8443', 'tomas', 'xn--baw-joa.example:8443'],
    ['tomas@[::1]', 'tomas', '[::1]'],
    ['https://bawü.example/@tomas', 'tomas', 'xn--baw-joa.example'],
    ['https://bawü.example/@tomas/', 'tomas', 'xn--baw-joa.example'],
    ['https://bawü.example/users/tomas?a', 'tomas', 'xn--baw-joa.example'],
    ['https://home.example/@tomas@bawü.example', 'tomas', 'xn--baw-joa.example'],
    ['https://home.example/users/t%C3%B6mas', 'tömas', 'home.example'],
  ])('%s', (text, name, host) => {
    expect(parseHandle(text)).toEqual({ name, host });
  });

  it.each([
    '',
    '@',
    'a b',
    'a@',
    'a@b@c',
    'a@*',
    'a@b/c',
    'https://a.example',
    'https://a.example/about',
    'https://u@a.example/@b',
    'mailto:a@b.example',
    '/users/a',
    'a@%',
  ])('%j is none', (text) => {
    expect(parseHandle(text)).toBeUndefined();
  });
});

it('addresses and e-mail addresses are looked for with their host in ASCII', () => {
  expect(addressForms('https://bawü.example/actor')).toEqual([
    'https://bawü.example/actor',
    'https://xn--baw-joa.example/actor',
  ]);
  expect(addressForms(' HTTPS://Relay.Example/Actor')).toEqual([
    'HTTPS://Relay.Example/Actor',
    'https://relay.example/Actor',
  ]);
  expect(addressForms('https://relay.example/actor')).toEqual(['https://relay.example/actor']);
  expect(addressForms('9xyz')).toEqual(['9xyz']);
  expect(canonicalEmail('lain@bawü.example')).toBe('lain@xn--baw-joa.example');
  expect(canonicalEmail('Lain@Mail.example')).toBe('Lain@Mail.example');
  expect(canonicalEmail('ä')).toBe('ä');
});
