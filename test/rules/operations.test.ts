import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { emojiRoutes, mediaRoute } from '../../src/rest/instance-own.js';
import { routes, undocumentedRoutes } from '../../src/rest/routes.js';
import { schema } from '../../src/schema/index.js';

/** Rows of docs/operations.md: operation, role, scope, GraphQL, REST, command. */
const rows = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const codes = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

describe('docs/operations.md', () => {
  it('names every route with the operation behind it, its role and scope, and no other', () => {
    const documented = rows.flatMap(([operation, role, scope, , rest]) => codes(rest).map((route) => `${codes(operation).join()} ${String(role)} ${codes(scope).join()} ${route}`));
    const actual = [...routes, ...undocumentedRoutes, ...emojiRoutes, mediaRoute].map(({ method, path, operation }) => `${operation.operationName} ${operation.access.role} ${operation.access.scope} ${method} ${path}`);
    expect([...new Set(documented)].sort()).toEqual([...new Set(actual)].sort());
  });

  it('names every query and mutation, and no other', () => {
    const documented = rows.flatMap(([, , , graphql]) => codes(graphql)).filter((name) => !name.includes('.'));
    const fields = [...Object.keys(schema.getQueryType()?.getFields() ?? {}), ...Object.keys(schema.getMutationType()?.getFields() ?? {})].filter((name) => name !== 'node');
    expect([...new Set(documented)].sort()).toEqual(fields.sort());
  });

  it('names every command that does something to the instance, and no other', () => {
    const program = createProgram({ out: () => undefined, error: () => undefined }, () => Promise.resolve());
    const actual = program.commands.flatMap((group) => group.commands.map((command) => `${group.name()} ${command.name()}`));
    expect(rows.flatMap(([, , , , , command]) => codes(command)).sort()).toEqual(actual.sort());
  });
});
