import type { Term } from './term.js';

/** A word of Elixir source, with where it begins and ends in the text. */
export type Token =
  /** A literal: its term. */
  (
    | { readonly kind: 'term'; readonly term: Term }
    /** `name:` before the value of a keyword. */
    | { readonly kind: 'key'; readonly name: string }
    /** An identifier or reserved word. */
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'mark'; readonly text: string }
    /** A line end or `;` */
    | { readonly kind: 'end' }
    /** Something that is not data, and why. */
    | { readonly kind: 'unreadable'; readonly message: string }
  ) & {
    readonly start: number;
    readonly stop: number;
    /** Counted from 1. */
    readonly line: number;
  };

type WithoutPlace<T> = T extends unknown ? Omit<T, 'start' | 'stop' | 'line'> : never;

/** A token before its place is known. */
export type Word = WithoutPlace<Token>;

/** A word as error messages name it; a text may be a secret. */
export function describe(token: Token, source: string): string {
  if (token.kind === 'term' && (token.term.kind === 'binary' || token.term.kind === 'list'))
    return 'a text';
  const shown = source.slice(token.start, token.stop);
  return `"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`;
}
