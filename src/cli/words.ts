/** Command lines written for the instance's own tasks: `mix pleroma.user list` and `pleroma.user list` mean `user list`. */
export function ownWords(words: readonly string[]): string[] {
  const [first, ...rest] = words[0] === 'mix' ? words.slice(1) : words;
  if (first === undefined) return [];
  return [/^pleroma\.(\w+)$/.exec(first)?.[1] ?? first, ...rest];
}
