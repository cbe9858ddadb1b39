import type { Json } from '../../../src/database/json.js';

const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

/** Values in the place of what a document should hold there, as JSON: numbers JavaScript cannot hold are among them. */
export const oddJson: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1.5',
  '3000000000',
  '4294967296',
  '9007199254740993',
  '-1e300',
  '1e400',
  '""',
  '" "',
  '"x"',
  '"12"',
  '"1.5"',
  '"many"',
  '"infinity"',
  '"2026-02-30T25:00:00Z"',
  '"+275760-09-13T00:00:00Z"',
  '"-000001-01-01T00:00:00Z"',
  '"9999-12-31T23:59:59-05:00"',
  '"javascript:alert(1)"',
  '"https://["',
  '"data:text/html,x"',
  JSON.stringify('\u0001\u001b[31m\u007f\u202e\ufffe'),
  JSON.stringify('👩‍👩‍👧‍👦'.repeat(60)),
  JSON.stringify('x'.repeat(20_000)),
  '[]',
  '[null]',
  '[[]]',
  '[{}]',
  '["x", null, 1, {"id": null}]',
  '{}',
  '{"id": null}',
  '{"url": {"href": "https://x.example"}}',
  '{"href": 1, "name": null, "type": []}',
  '{"__proto__": {"x": 1}, "toString": 1, "": null}',
  '[{"url": {"href": "https://x.example/a.png"}, "type": "Document"}]',
  nested(300),
  `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
];

const texts: readonly string[] = [
  '',
  ' ',
  '@',
  '@@',
  'a@b@c',
  '.',
  'null',
  'nil',
  '%',
  '\\',
  'javascript:alert(1)',
  'https://[',
  'https://x.example:99999/',
  '\u0001\u001b[31m\u007f\u202e\ufffe',
  '👩‍👩‍👧‍👦',
  'x'.repeat(255),
  'x'.repeat(20_000),
  'é'.repeat(255),
  '9999999999999999999999',
  ':pleroma',
  'Elixir.Pleroma',
];
const times: readonly string[] = [
  'infinity',
  '-infinity',
  '4713-01-01 BC',
  '0044-03-15 12:00:00 BC',
  '0001-01-01',
  '10000-01-01',
  '9999-12-31 23:59:59',
  '275761-01-01',
  '294276-12-31',
  'epoch',
];
const integers: readonly string[] = [
  '0',
  '-1',
  '1',
  '2147483647',
  '-2147483648',
  '9223372036854775807',
  '-9223372036854775808',
];
const lists: readonly Json[] = [
  [],
  [null],
  ['x', null, 'x', ''],
  [null, 'x'],
  [
    ['a', 'b'],
    ['c', 'd'],
  ],
  [[null]],
  '[0:1]={a,b}',
  '[5:6]={NULL,b}',
  ['NULL', '{', '}', '"', '\\', ','],
  ['x'.repeat(255)],
  ['https://[', 'javascript:alert(1)'],
  Array.from({ length: 500 }, (_, index) => `t${String(index)}`),
];
const bytes: readonly string[] = [
  '\\x',
  '\\x00',
  '\\x83',
  '\\x836a',
  '\\x8364ffff',
  '\\x836d000000ff41',
  '\\x836c7fffffff',
  '\\x8350000000ff78',
  '\\xff',
  '\\x8362ffffffff',
  '\\x836d00000002c328',
  '\\x837400000001',
  '\\x836805616263',
  '\\x8377026f6b',
  '\\x836b0003616263',
  '\\x8346ffffffffffffffff',
  `\\x83${'6c00000001'.repeat(300)}`,
];

/** What a column of a type can be given, as the JSON of a row; the database refuses what it cannot hold. */
export function oddColumn(type: string): readonly Json[] {
  if (type.startsWith('timestamp') || type === 'date') return [null, ...times];
  if (type === 'integer' || type === 'bigint') return [null, ...integers];
  if (type === 'boolean') return [null, true, false];
  if (type === 'ARRAY') return [null, ...lists];
  if (type === 'uuid')
    return [null, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  if (type === 'bytea') return [null, ...bytes];
  return [null, ...texts];
}

/** Every place within a document, the document itself first; of lists the first three items. */
export function placesOf(document: Json, path: readonly string[] = []): (readonly string[])[] {
  const parts = Array.isArray(document)
    ? Object.entries(document.slice(0, 3))
    : Object.entries(typeof document === 'object' && document !== null ? document : {});
  return [path, ...parts.flatMap(([key, part]) => placesOf(part ?? null, [...path, key]))];
}
