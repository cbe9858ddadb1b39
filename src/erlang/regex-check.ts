/**
 * What keeps PCRE from compiling `source`, as far as that is certain without PCRE; undefined when nothing is found.
 * An expression that does not compile would stop every message filter of the instance, hence the check.
 * An `extended` one may have comments, which can hold anything, so there only embedded code is looked for.
 */
export function faultInPattern(source: string, extended: boolean): string | undefined {
  if (/\(\?\??\{/.test(source)) return 'it embeds code';
  return extended ? undefined : faultInStructure(source);
}

function faultInStructure(source: string): string | undefined {
  let open = 0;
  let repeatable = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    switch (character) {
      case '\\': {
        if (at + 1 === source.length) return 'it ends in a backslash';
        at = endOfEscape(source, at);
        repeatable = true;
        break;
      }
      case '[': {
        const end = endOfClass(source, at);
        if (end === undefined) return 'a [ is not closed';
        at = end;
        repeatable = true;
        break;
      }
      case '(':
        open += 1;
        repeatable = false;
        at = endOfGroupMark(source, at);
        break;
      case ')':
        if (open === 0) return 'a ) is not opened';
        open -= 1;
        repeatable = true;
        break;
      case '*':
      case '+':
      case '?':
        if (!repeatable) return `there is nothing for ${character} to repeat`;
        break;
      case '|':
        repeatable = false;
        break;
      default:
        repeatable = true;
    }
  }
  return open > 0 ? 'a ( is not closed' : undefined;
}

// `\Q` makes everything up to `\E` literal; without it, the rest. `\c` takes the next character.
function endOfEscape(source: string, at: number): number {
  if (source[at + 1] === 'c') return at + 2;
  if (source[at + 1] !== 'Q') return at + 1;
  const end = source.indexOf('\\E', at);
  return end === -1 ? source.length : end + 1;
}

// `(?` and `(*` say what kind of group it is; a comment ends at the first `)`, which closes it.
function endOfGroupMark(source: string, at: number): number {
  if (source.startsWith('(?#', at)) {
    const end = source.indexOf(')', at);
    return end === -1 ? source.length : end - 1;
  }
  return source[at + 1] === '?' || source[at + 1] === '*' ? at + 1 : at;
}

// The index of the ] that closes the class at `start`. A ] that comes first is a member, and so is what a backslash protects.
function endOfClass(source: string, start: number): number | undefined {
  let at = start + 1;
  if (source[at] === '^') at += 1;
  if (source[at] === ']') at += 1;
  for (; at < source.length; at += 1) {
    if (source[at] === '\\') at = endOfEscape(source, at);
    else if (source[at] === ']') return at;
    else if (source[at] === '[' && source[at + 1] === ':') at = endOfNamedClass(source, at);
  }
  return undefined;
}

function endOfNamedClass(source: string, at: number): number {
  const name = /^\[:\^?[a-z]{1,10}:\]/.exec(source.slice(at, at + 16));
  return at + (name?.[0].length ?? 1) - 1;
}
