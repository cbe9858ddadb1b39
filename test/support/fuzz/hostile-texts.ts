import fc from 'fast-check';

/**
 * What breaks parsers, patterns, paths, escapes and columns (docs/security-checklist.md#s12), and
 * moments no calendar has.
 */
const known = [
  '', ' ', '\0', 'a\0b', "'; drop table users; --", "' or '1'='1", '" or 1=1 --', '$1', '$$', '%', '_', '%%%_', '\\', '\\%', "\\'", '"}}\'', '{"a":', '[]', '{}', '[object Object]', '__proto__', 'constructor', 'toString',
  '$.** ? (@.type() == "string")', '$[*]', '{tags[]', '@', '@@', '*', '.', '..', '../../etc/passwd', '//', '/', '?', '#', '&', '=', ';', ':', '::', ',', '\r\nBcc: x@y.z', '\t', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffe', '\ud800', '\udfff\ud800',
  '\u202eabc', 'é', 'ı', 'ß', 'ﬀ', '👩‍👩‍👧‍👦', '𝒳', '٣', '<script>alert(1)</script>', "=cmd|' /C calc'!A0", '${7*7}', '{{7*7}}', '%00', '%ff', '%s%n', '\\u0000', '\\x00', 'x'.repeat(256), 'x'.repeat(5_001), '%'.repeat(2_000), '(a+)+$'.repeat(50), 'é'.repeat(20_000), '[['.repeat(5_000),
  '0', '-1', '1', '50', '101', '2147483648', '9223372036854775808', '-9223372036854775809', '1e400', 'NaN', 'Infinity', '1.5', '0x10', 'null', 'undefined', 'true', 'false', 'nil',
  '2026-01-01', '2024-02-30', '0000-01-01', '-0001-01-01', '9999-12-31', '275760-09-14', '2026-01-01T00:00:00Z', '2026-01-01T25:00:00Z', '0000-00-00T00:00:00Z', '+275760-09-13T00:00:00.001Z', '-271821-04-19T23:59:59Z', '294277-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000', '9n2ciuz1wdesFnrGJU', 'zzzzzzzzzzzzzzzzzzzzzz', 'VXNlcjox', 'VXNlcjo=', 'UmVwb3J0OicK', '=', ':pleroma', ':instance', 'Pleroma.Upload', 'admin', 'moderator', 'open', 'local,active', 'public', 'direct',
] as const;

/** So many hostile texts, and these which mean something here, in the order of the seed. */
export function hostileTexts(count: number, seed: number, meaningful: readonly string[]): readonly string[] {
  const mean = fc.constantFrom(...known);
  const any = fc.oneof({ weight: 4, arbitrary: mean }, { weight: 3, arbitrary: fc.constantFrom(...meaningful) }, fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.tuple(mean, mean).map((pair) => pair.join('')));
  return fc.sample(any, { numRuns: count, seed });
}
