import { describe, expect, it } from 'vitest';
import { isLongerThan, overflowsColumn, unitsPerCharacter } from '../../src/lib/text-length.js';
import { isEmailAddress } from '../../src/resolvers/users/email-address.js';

const characters = {
  'a letter': 'a',
  'an emoji': '🦊',
  'a family': '👨‍👩‍👧‍👦',
  'a flag': '🇳🇱',
  'a flag of a region': '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'a letter with combining marks': 'e\u0301\u0323',
  'a Hangul syllable of three letters': '\u1112\u1161\u11ab',
  'a Devanagari cluster': 'क्षि',
  'a line end of two': '\r\n',
};

describe('the length of a text', () => {
  it.each(Object.entries(characters))('counts %s as one character', (_, character) => {
    for (const limit of [1, 2, 50, 100, 5_000]) {
      expect(isLongerThan(character.repeat(limit), limit)).toBe(false);
      expect(isLongerThan(character.repeat(limit + 1), limit)).toBe(true);
    }
  });

  it('does not let marks piled on one letter carry what the limit forbids', () => {
    expect(isLongerThan('e' + '\u0301'.repeat(unitsPerCharacter), 1)).toBe(true);
    expect(isLongerThan('e' + '\u0301'.repeat(unitsPerCharacter - 1), 1)).toBe(false);
  });

  it('of a huge text is decided without counting it', () => {
    const huge = '👨‍👩‍👧‍👦'.repeat(2_000_000);
    const began = performance.now();
    expect(isLongerThan(huge, 5_000)).toBe(true);
    expect(isLongerThan('x'.repeat(20_000_000), 5_000)).toBe(true);
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('is the same wherever a long text is divided for counting', () => {
    for (const character of Object.values(characters))
      for (let shift = 0; shift < 16; shift += 1) {
        const text = 'x'.repeat(500 + shift) + character.repeat(300);
        expect(isLongerThan(text, 800 + shift)).toBe(false);
        expect(isLongerThan(text, 799 + shift)).toBe(true);
      }
    const piled = `${'x'.repeat(100)}e${'\u0301'.repeat(3_000)}`;
    expect([isLongerThan(piled, 101), isLongerThan(piled, 100)]).toEqual([false, true]);
  });

  it('of 5,000 long emoji is counted in less than 200 ms', () => {
    const text = '🏴󠁧󠁢󠁳󠁣󠁴󠁿'.repeat(5_000);
    const began = performance.now();
    expect(isLongerThan(text, 5_000)).toBe(false);
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('in a column is counted in code points', () => {
    expect(overflowsColumn('🦊'.repeat(255), 255)).toBe(false);
    expect(overflowsColumn('🦊'.repeat(256), 255)).toBe(true);
    expect(overflowsColumn('👨‍👩‍👧‍👦'.repeat(36), 255)).toBe(false);
    expect(overflowsColumn('👨‍👩‍👧‍👦'.repeat(37), 255)).toBe(true);
    expect(overflowsColumn('x'.repeat(256), 255)).toBe(true);
  });
});

describe('an e-mail address', () => {
  it('has at most 254 characters', () => {
    expect(isEmailAddress(`${'a'.repeat(249)}@b.nl`)).toBe(true);
    expect(isEmailAddress(`${'a'.repeat(250)}@b.nl`)).toBe(false);
  });

  it.each(['', 'a', 'a@', '@b', 'a@b\n', 'a b@c', 'a@-b', `a@${'b'.repeat(64)}`, 'é@b', 'a@b@c'])(
    'is not %j',
    (text) => {
      expect(isEmailAddress(text)).toBe(false);
    },
  );
});
