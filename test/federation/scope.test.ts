import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inScope, scopes } from '../../src/federation/scope.js';

const everybody = 'https://www.w3.org/ns/activitystreams#Public';
const followers = 'https://home.example/users/alice/followers';
const address = fc.constantFrom(
  everybody,
  followers,
  'https://home.example/users/bob',
  'https://home.example/users/carol',
);
const addressing = fc.record({
  to: fc.uniqueArray(address),
  cc: fc.uniqueArray(address),
  recipients: fc.uniqueArray(address),
});

it('speaks to everybody, or not, as the scope says, whatever was before; to nobody twice', () => {
  fc.assert(
    fc.property(
      addressing,
      fc.constantFrom(...scopes),
      fc.option(fc.constant(followers)),
      (before, scope, own) => {
        const { to, cc, recipients } = inScope(scope, before, own);
        expect(scope === 'direct' ? { to, cc, recipients } : before).toEqual(before);
        for (const list of [to, cc, recipients]) expect(new Set(list).size).toBe(list.length);
        if (scope !== 'direct')
          expect([
            to.includes(everybody),
            cc.includes(everybody),
            recipients.includes(everybody),
          ]).toEqual([scope === 'public', scope === 'unlisted', scope !== 'private']);
        for (const person of before.to.filter(
          (known) => known.includes('/users/') && known !== followers,
        ))
          expect(to).toContain(person);
      },
    ),
  );
});
