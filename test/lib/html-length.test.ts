import { describe, expect, it } from 'vitest';
import * as html from '../../src/instance/html.js';

const cleaners = {
  scrubbedHtml: html.scrubbedHtml,
  linksOnlyHtml: html.linksOnlyHtml,
  strippedHtml: html.strippedHtml,
  plainText: html.plainText,
  ownNoteHtml: html.ownNoteHtml,
  firstLink: (text: string) => html.firstLink(text) ?? '',
};
const pieces = [
  '<p>a &amp; <b>b</b></p>',
  '<a href="https://a.example/">a</a>',
  '<',
  '&',
  '<p>',
  '🦊',
];

describe('stored HTML of five million characters', () => {
  it.each(Object.entries(cleaners))('is cleaned by %s up to 100,000 characters', (_, clean) => {
    for (const piece of pieces) {
      const whole = piece.repeat(Math.ceil(5_000_000 / piece.length));
      const began = performance.now();
      const cleaned = clean(whole);
      // Whole, it takes ten times as long; machines differ.
      expect([piece, performance.now() - began < 1_000]).toEqual([piece, true]);
      expect(cleaned.length).toBeLessThan(700_000);
    }
  });

  it.each([
    ['a tag', '<b title="x">end</b>', 5],
    ['an entity', '&amp;', 3],
    ['a character', '🦊', 1],
  ])('is not cut within %s', (_, piece, before) => {
    const text = 'x'.repeat(100_000 - before);
    expect(html.scrubbedHtml(text + piece)).toBe(text);
  });

  it('is shown whole when it has 100,000 characters', () => {
    const text = 'x'.repeat(100_000);
    expect(html.scrubbedHtml(text)).toBe(text);
    expect(html.scrubbedHtml(`${text}x`)).toBe(text);
  });
});
