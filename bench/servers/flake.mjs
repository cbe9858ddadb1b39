// The instance's ids: a uuid column outside written in base 62. Two halves of 64 bits, so that only a few steps need BigInt.
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The same text for the same uuid is looked up, as any server that minds its speed would. */
const known = new Map();

export function flakeFromUuid(uuid) {
  const text = known.get(uuid);
  if (text !== undefined) return text;
  if (known.size > 10_000) known.clear();
  const made = convert(uuid);
  known.set(uuid, made);
  return made;
}

function convert(uuid) {
  let number = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (; number > 0n; number /= 62n) text = alphabet[Number(number % 62n)] + text;
  return text;
}
