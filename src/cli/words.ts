/** Command lines written for the instance's own tasks: `mix pleroma.user list` and `pleroma.user list` mean `user list`. */
export function ownWords(words: readonly string[]): string[] {
  const [first, ...rest] = words[0] === 'mix' ? words.slice(1) : words;
  if (first === undefined) return [];
  return tokenLast([/^pleroma\.(\w+)$/.exec(first)?.[1] ?? first, ...rest]);
}

/** Invites' tokens are base64url, and one of 64 begins like an option. */
function tokenLast(words: string[]): string[] {
  const tokens = words[1] === 'revoke_invite' ? words.filter((word) => /^-[\w-]{42}=$/.test(word)) : [];
  return tokens.length === 0 || words.includes('--') ? words : [...words.filter((word) => !tokens.includes(word)), '--', ...tokens];
}
