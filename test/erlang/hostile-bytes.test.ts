import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTerm } from '../../src/erlang/decode.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { equals } from '../../src/erlang/term.js';
import { TermError } from '../../src/erlang/term-error.js';
import { anyTerm, fromHex, FUZZ_RUNS, processorTime } from './arbitrary-terms.js';

function compressed(size: number, content: Uint8Array): Uint8Array {
  const declared = Buffer.alloc(4);
  declared.writeUInt32BE(size);
  return Buffer.concat([Buffer.of(131, 80), declared, deflateSync(content)]);
}

const atoms = Array.from({ length: 100_000 }, (_, index) =>
  Buffer.from(`\x64\0\x06${String(index).padStart(6, '0')}`, 'latin1'),
);

describe('bytes that are no term', () => {
  test.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['another version', fromHex('826101')],
    ['no tag', fromHex('83')],
    ['an unknown tag', fromHex('83ff')],
    ['a term cut short', fromHex('836d0000000561')],
    ['bytes after the term', fromHex('83610100')],
    ['a list of 2^32 items', fromHex('836cffffffff6101')],
    ['a map of 2^32 entries', fromHex('8374ffffffff6101')],
    ['a map with a key twice', fromHex('837400000002610161016101 6102')],
    ['a float that is not finite', fromHex('83467ff0000000000000')],
    ['an old float that is none', fromHex(`8363${'41'.repeat(31)}`)],
    ['an atom that is no UTF-8', fromHex('837701ff')],
    ['an atom of 256 characters', fromHex(`83640100${'61'.repeat(256)}`)],
    ['a bitstring of 9 bits a byte', fromHex('834d0000000109ff')],
    ['an integer of 2000 bytes', fromHex(`836f000007d000${'ff'.repeat(2000)}`)],
    ['a fun shorter than its head', fromHex('837000000004')],
    ['a pid whose node is a number', fromHex('83586101000000010000000200000003')],
    ['a function reference of numbers', fromHex('8371610161016101')],
    ['10^5 tuples, each within another', fromHex(`83${'6801'.repeat(100_000)}6a`)],
    ['10^5 maps as keys of each other', fromHex(`83${'7400000001'.repeat(100_000)}6a6a`)],
    ['10^5 atoms', Buffer.concat([Buffer.from('836c000186a0', 'hex'), ...atoms, Buffer.of(106)])],
    ['3 MB', new Uint8Array(3 * 1024 * 1024).fill(131)],
    ['a compressed term that declares 4 GB', compressed(0xffffffff, new Uint8Array(10))],
    [
      'a compressed term of 20 MB that declares 1 kB',
      compressed(1000, new Uint8Array(20 * 1024 * 1024)),
    ],
    [
      'a compressed term that is compressed again',
      compressed(20, compressed(3, fromHex('6101')).subarray(1)),
    ],
    ['a compressed term that is no zlib', fromHex('8350000000056162636465')],
  ])('%s is refused at once', (_name, bytes) => {
    expect(processorTime(() => expect(() => decodeTerm(bytes)).toThrow(TermError))).toBeLessThan(
      100,
    );
  });

  test('lists that are each the tail of another are one list, however many', () => {
    expect(decodeTerm(fromHex(`83${'6c000000016a'.repeat(5000)}6a`))).toMatchObject({
      kind: 'list',
      items: { length: 5000 },
    });
  });

  test('the fault names its offset', () => {
    expect(() => decodeTerm(fromHex('83680261 01ff'))).toThrow(
      expect.objectContaining({ offset: 6 }),
    );
  });
});

function survives(bytes: Uint8Array): void {
  const time = processorTime(() => {
    try {
      const term = decodeTerm(bytes);
      expect(equals(decodeTerm(encodeTerm(term)), term)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(TermError);
    }
  });
  expect(time).toBeLessThan(50);
}

describe('fuzzing', () => {
  test('any bytes are read as a term or refused', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes, (value) => survives(Uint8Array.of(131, ...value))),
      { numRuns: FUZZ_RUNS },
    );
  });

  test('any damaged term is read or refused', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(anyTerm, damage, fc.nat(), (term, changes, length) => {
        const bytes = encodeTerm(term);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        bytes[0] = 131;
        survives(length % 3 === 0 ? bytes.subarray(0, length % bytes.length) : bytes);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });
});
