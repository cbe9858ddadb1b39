import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyse } from 'scslre';
import ts from 'typescript';
import { afterEach, describe, expect, it, vi } from 'vitest';

const home = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.includes('generated'),
);

/** The regular expressions in a file, as they stand there. */
function literalsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(home, file), 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

const slow = (source: string, flags: string): readonly string[] =>
  analyse({ source, flags }).reports.map(
    ({ type, exponential }) => `${type}${exponential ? ', exponential' : ''}`,
  );

describe('S32 no regular expression of ours takes longer than its text is long, times a constant', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('knows a slow one', () => {
    expect(slow('(a+)+$', '')).toContain('Self, exponential');
    expect(slow('=+$', '')).toEqual(['Move']);
  });

  it('of those written as such', () => {
    const all = files.flatMap((file) => literalsIn(file).map((literal) => ({ file, literal })));
    expect(all.length).toBeGreaterThan(100);
    const faults = all.filter(({ literal }) => {
      const end = literal.lastIndexOf('/');
      return slow(literal.slice(1, end), literal.slice(end + 1)).length > 0;
    });
    expect(faults).toEqual([]);
  });

  it('of those put together', async () => {
    const made: RegExp[] = [];
    vi.stubGlobal(
      'RegExp',
      class extends RegExp {
        constructor(pattern: string | RegExp, flags?: string) {
          super(pattern, flags);
          if (/\/src\/(?!.*node_modules)/.test(new Error().stack?.split('\n')[2] ?? ''))
            made.push(this);
        }
      },
    );
    const makers = files.filter((file) =>
      readFileSync(join(home, file), 'utf8').includes('new RegExp('),
    );
    for (const file of makers) await import(`${join(home, file)}?once-more`);
    expect(made.length, makers.join()).toBeGreaterThanOrEqual(makers.length);
    expect(made.filter(({ source, flags }) => slow(source, flags).length > 0)).toEqual([]);
  });
});
