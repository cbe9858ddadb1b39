/** A secret that stands in a line of a log. */
export interface Leak {
  readonly secret: string;
  readonly line: string;
}

/** The forms in which a secret may stand in a line: as it is, in JSON, in a URL. Padding is left out: a token without it is still the token. */
function formsOf(secret: string): string[] {
  const bare = secret.replace(/=+$/, '');
  return [...new Set([bare, JSON.stringify(bare).slice(1, -1), encodeURIComponent(bare)])];
}

/** Every secret that stands in any line. */
export function findLeaks(lines: readonly string[], secrets: Iterable<string>): Leak[] {
  const text = lines.join('\n');
  return [...secrets]
    .filter((secret) => formsOf(secret).some((form) => text.includes(form)))
    .flatMap((secret) => {
      const forms = formsOf(secret);
      return lines
        .filter((line) => forms.some((form) => line.includes(form)))
        .map((line) => ({ secret, line }));
    });
}
