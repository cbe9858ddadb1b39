import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flakeFromUuid, newFlake, uuidFromFlake } from '../../src/database/flake.js';

describe('flake ids', () => {
  it('the checked example', () => {
    expect(flakeFromUuid('0000016d-437c-fb7d-5f1c-1e3b242a0000')).toBe('9n2ciuz1wdesFnrGJU');
    expect(uuidFromFlake('9n2ciuz1wdesFnrGJU')).toBe('0000016d-437c-fb7d-5f1c-1e3b242a0000');
  });

  it('text and uuid are the same id, for every id there can be', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 62n ** 17n, max: (1n << 128n) - 1n }), (number) => {
        const hex = number.toString(16).padStart(32, '0');
        const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
        expect(uuidFromFlake(flakeFromUuid(uuid))).toBe(uuid);
      }),
    );
  });

  it('ids from before flakes are plain numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), (number) => {
        expect(flakeFromUuid(uuidFromFlake(number.toString()) ?? '')).toBe(number.toString());
      }),
    );
  });

  it('any text is an id or is not; none throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        expect(uuidFromFlake(text) ?? '00000000-0000-0000-0000-000000000000').toMatch(
          /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
      }),
    );
    expect(uuidFromFlake('z'.repeat(22))).toBeUndefined();
  });

  it('new ones ascend, also within a millisecond and when the clock goes back', () => {
    const now = new Date();
    const ids = Array.from({ length: 70_000 }, () => newFlake(now));
    ids.push(newFlake(new Date(now.getTime() - 60_000)));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });
});
