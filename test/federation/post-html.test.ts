import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatPlainText, mentionsIn, type Mentioned } from '../../src/federation/post-html.js';

const baseUrl = 'https://home.example';
const bob: Mentioned = {
  id: 'BCeirMHWMTSwZisTYW',
  nickname: 'bob',
  apId: `${baseUrl}/users/bob`,
  url: `${baseUrl}/users/bob`,
};
const rob: Mentioned = {
  id: 'BCeirkYM7XBzqswG80',
  nickname: 'rob@remote.example',
  apId: 'https://remote.example/users/rob',
  url: 'https://remote.example/@rob',
};
const find = (name: string): Mentioned | undefined => ({ bob, 'rob@remote.example': rob })[name];
const format = (text: string, leadingMentionsOnly = false) =>
  formatPlainText(text, { baseUrl, find, leadingMentionsOnly });
const card = (account: Mentioned, short: string): string =>
  `<span class="h-card"><a class="u-url mention" data-user="${account.id}" href="${account.url}" rel="ugc">@<span>${short}</span></a></span>`;
const visible = (html: string): string =>
  html
    .replaceAll('<br>', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

it.each([
  ['@bob direct message', `${card(bob, 'bob')} direct message`],
  [
    'spam two http://spam.example/',
    'spam two <a href="http://spam.example/" rel="ugc">http://spam.example/</a>',
  ],
  [
    '(see https://a.example/x).',
    '(see <a href="https://a.example/x" rel="ugc">https://a.example/x</a>).',
  ],
  [
    'https://a.example/x_(y)',
    '<a href="https://a.example/x_(y)" rel="ugc">https://a.example/x_(y)</a>',
  ],
  ['one\r\ntwo\nthree', 'one<br>two<br>three'],
  [`& < > " '`, '&amp; &lt; &gt; &quot; &#39;'],
  [
    'mail bob@bob.example, @nobody and @bob.',
    `mail bob@bob.example, @nobody and ${card(bob, 'bob')}.`,
  ],
  [
    '#39 is no tag, #Straße is',
    `#39 is no tag, <a class="hashtag" data-tag="straße" href="${baseUrl}/tag/straße" rel="tag ugc">#Straße</a> is`,
  ],
  [
    'https://a.example/#part @rob@remote.example',
    `<a href="https://a.example/#part" rel="ugc">https://a.example/#part</a> ${card(rob, 'rob')}`,
  ],
])('formats %j as the instance stores it', (text, html) => {
  expect(format(text).html).toBe(html);
});

it('shows names as typed, leaves `rel` and line breaks out when it is asked to', () => {
  const options = { baseUrl, find, wholeNicknames: true, withoutRel: true, keepsLineBreaks: true };
  expect(formatPlainText('@rob@remote.example\nhttps://a.example/?a=1&b="', options).html).toBe(
    `${card(rob, 'rob@remote.example')}\n<a href="https://a.example/?a=1&amp;b=">https://a.example/?a=1&amp;b=</a>&quot;`,
  );
});

it('names everyone mentioned once, and with leadingMentionsOnly those at the beginning', () => {
  const text = '@bob hello @rob@remote.example and @bob';
  expect(mentionsIn(text)).toEqual(['bob', 'rob@remote.example']);
  expect(format(text).mentioned).toEqual([bob, rob]);
  expect(format(text, true).mentioned).toEqual([bob]);
  expect(format('#One #one #two').hashtags).toEqual(['one', 'two']);
});

it('lets nothing of the text through as markup', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '<b>',
      '"',
      "'",
      '&amp;',
      '&',
      '#',
      '#tag',
      '@',
      '@x',
      'https://a.example/',
      '\n',
      ')',
      '.',
      '>',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('').replaceAll('\r', '');
      expect(visible(format(text).html)).toBe(text);
    }),
  );
});
