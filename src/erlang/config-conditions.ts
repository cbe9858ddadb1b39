import { columnText } from './atom-text.js';
import { hole, settingsOf, type Hole, type ReadSetting, type Reading } from './config-statement.js';
import { depthStep, goesOn } from './elixir-statements.js';
import type { Token } from './elixir-token.js';
import type { Term } from './term.js';

const endings = new Set(['end', 'else', 'rescue', 'catch', 'after']);

/**
 * The holes of a statement that is no `config` statement, e.g. `if … do config … end`: what it may set, under conditions nobody evaluates.
 * Empty = it sets nothing.
 */
export function conditionalHoles(words: readonly Token[], reading: Reading): readonly Hole[] {
  return words.flatMap((word, index): readonly Hole[] => {
    if (!isCall(words, index)) return [];
    const line = word.line;
    if (word.kind !== 'name' || !settingCalls.has(word.name))
      return [hole(undefined, undefined, { line, message: 'another file is read' })];
    return settingsOf(callFrom(words.slice(index), reading.source), reading).flatMap((part) =>
      part.kind === 'hole'
        ? [{ ...part, isConditional: true }]
        : leavesOf(part).map((path) => conditional(part, path, line)),
    );
  });
}

const settingCalls = new Set(['config', 'put_env']);
const otherCalls = new Set(['import_config', 'put_all_env']);

function isCall(words: readonly Token[], index: number): boolean {
  const [word, next] = [words[index], words[index + 1]];
  if (word?.kind !== 'name' || next === undefined) return false;
  if (otherCalls.has(word.name)) return true;
  return (
    settingCalls.has(word.name) &&
    (next.kind === 'term' || next.kind === 'name' || (next.kind === 'mark' && next.text === '('))
  );
}

function conditional({ group, key }: ReadSetting, path: readonly string[], line: number): Hole {
  const message = 'it is set only under a condition';
  return {
    ...hole(columnText(group), columnText(key), { line, message }),
    path,
    isConditional: true,
  };
}

// Every key that ends in something other than a keyword list.
function leavesOf({ value }: ReadSetting): readonly (readonly string[])[] {
  const walk = (
    term: Term | undefined,
    path: readonly string[],
  ): readonly (readonly string[])[] => {
    const pairs = (term?.kind === 'list' ? term.items : []).map(pairIn);
    if (pairs.length === 0 || pairs.some((pair) => pair === undefined)) return [path];
    return pairs.flatMap((pair) => (pair ? walk(pair.value, [...path, pair.name]) : []));
  };
  return walk(value, []);
}

function pairIn(term: Term): { readonly name: string; readonly value: Term } | undefined {
  const [key, value, ...rest] = term.kind === 'tuple' ? term.items : [];
  return key?.kind === 'atom' && value && rest.length === 0 ? { name: key.name, value } : undefined;
}

// A call within a block: up to its closing bracket, the end of its line, or of the block.
function callFrom(words: readonly Token[], source: string): readonly Token[] {
  const isBracketed = words[1]?.kind === 'mark' && words[1].text === '(';
  let depth = 0;
  for (const [index, word] of words.entries()) {
    const previous = words[index - 1];
    const isNewLine =
      previous !== undefined && /[\n;]/.test(source.slice(previous.stop, word.start));
    const isBlockEnd = word.kind === 'name' && endings.has(word.name);
    if (previous && depth === 0 && (isBlockEnd || (isNewLine && !goesOn(previous, word))))
      return words.slice(0, index);
    depth += depthStep(word, previous);
    if (depth < 0) return words.slice(0, index);
    if (isBracketed && index > 0 && depth === 0) return words.slice(0, index + 1);
  }
  return words;
}
