import { readFileSync } from 'node:fs';

/** The cells of each row of a text's tables whose first cell is code. */
export function tableRows(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Rows of docs/operations.md: operation, role, scope, GraphQL, REST, command, Pleroma, effect. */
export const operationRows: readonly string[][] = tableRows(
  readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8'),
);
