import type { Token } from './elixir-token.js';

const OPENING = new Set(['(', '[', '{', '%{', '<<']);
const CLOSING = new Set([')', ']', '}', '>>']);
// A line that ends in one of these goes on, and so does one whose next line begins with one.
const CONTINUING =
  /^(?:\|>|<>|\+\+|--|&&|\|\||and|or|in|when|\.\.|==|!=|===|!==|<=|>=|<|>|=|=~|=>|<-|->|::|\\\\|[.|*/])$/;
const UNFINISHED = /^(?:,|[-+&!^@]|not)$/;

/**
 * Divides words into statements: at line ends outside brackets, `do … end` and `fn … end`, unless the line plainly goes on.
 * A `config` within a block is thus never taken for a statement of its own.
 */
export function* statementsOf(tokens: Iterable<Token>): Generator<readonly Token[], void> {
  let statement: Token[] = [];
  let depth = 0;
  let lineEnded = false;
  for (const token of tokens) {
    if (token.kind === 'end') {
      lineEnded = true;
      continue;
    }
    const previous = statement.at(-1);
    if (lineEnded && depth === 0 && previous !== undefined && !goesOn(previous, token)) {
      yield statement;
      statement = [];
    }
    lineEnded = false;
    depth = Math.max(0, depth + depthStep(token, previous));
    statement.push(token);
  }
  if (statement.length > 0) yield statement;
}

/** By how much a word changes the depth of brackets and blocks it stands in. */
export function depthStep(token: Token, previous: Token | undefined): number {
  if (token.kind === 'mark') return OPENING.has(token.text) ? 1 : CLOSING.has(token.text) ? -1 : 0;
  if (token.kind !== 'name' || (previous?.kind === 'mark' && previous.text === '.')) return 0;
  if (token.name === 'do' || token.name === 'fn') return 1;
  return token.name === 'end' ? -1 : 0;
}

/** Whether a statement goes on although the line ended between these words. */
export function goesOn(last: Token, next: Token): boolean {
  const [end, start] = [operator(last), operator(next)];
  return (
    last.kind === 'key' || CONTINUING.test(end) || UNFINISHED.test(end) || CONTINUING.test(start)
  );
}

function operator(token: Token): string {
  if (token.kind === 'mark') return token.text;
  return token.kind === 'name' ? token.name : '';
}
