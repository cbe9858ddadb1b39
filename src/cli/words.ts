/** Command lines written for the instance's own tasks: `mix pleroma.user list` and `pleroma.user list` mean `user list`. */
export function ownWords(words: readonly string[]): string[] {
  const [first, ...rest] = words[0] === 'mix' ? words.slice(1) : words;
  if (first === undefined) return [];
  return tokenLast([/^pleroma\.(\w+)$/.exec(first)?.[1] ?? first, ...rest]);
}

const takeTokens = ['user revoke_invite', 'token revoke'];

/** Tokens are base64url, those of invites with a `=` behind, and one of 64 begins like an option. */
function tokenLast(words: string[]): string[] {
  const tokens = takeTokens.includes(words.slice(0, 2).join(' '))
    ? words.filter((word) => /^-[\w-]{42}=?$/.test(word))
    : [];
  return tokens.length === 0 || words.includes('--')
    ? words
    : [...words.filter((word) => !tokens.includes(word)), '--', ...tokens];
}
