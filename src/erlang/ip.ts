import { integer, tuple, type Term } from './term.js';

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The tuple Erlang keeps an IP address in, four bytes or eight 16-bit words; undefined when `text` is no address. */
export function addressTuple(text: string): Term | undefined {
  const parts = v4(text) ?? v6(text);
  return parts && tuple(...parts.map(integer));
}

/** The text of such a tuple as `:inet_parse.ntoa` writes it; undefined for any other term. */
export function addressText(term: Term): string | undefined {
  if (term.kind !== 'tuple') return undefined;
  const parts = term.items.map((item) => (item.kind === 'integer' ? Number(item.value) : -1));
  const within = (limit: number): boolean => parts.every((part) => part >= 0 && part <= limit);
  if (parts.length === 4) return within(0xff) ? parts.join('.') : undefined;
  return parts.length === 8 && within(0xffff) ? v6Text(parts) : undefined;
}

function v4(text: string): number[] | undefined {
  const parts = V4.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) ? parts : undefined;
}

function v6(text: string): number[] | undefined {
  if (text.length > 45) return undefined;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = words(head, tail === undefined);
  const right = tail === undefined ? [] : words(tail, true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

// The last group of an address may be an IPv4 one, which is two words.
function words(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const embedded = isEnd ? v4(groups.at(-1) ?? '') : undefined;
  const plain = embedded === undefined ? groups : groups.slice(0, -1);
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = embedded ?? [];
  return [
    ...plain.map((group) => Number.parseInt(group, 16)),
    ...(embedded === undefined ? [] : [a * 256 + b, c * 256 + d]),
  ];
}

function v6Text(parts: readonly number[]): string {
  const mapped = parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
  const [high = 0, low = 0] = parts.slice(6);
  if (mapped) return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  const groups = parts.map((part) => part.toString(16)).join(':');
  const zeros = [...groups.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return groups;
  const before = groups.slice(0, zeros.index).replace(/:$/, '');
  const after = groups.slice(zeros.index + zeros[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
