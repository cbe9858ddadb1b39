import { operationRows } from '../support/docs-table.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isObjectType } from 'graphql';
import { scopesOf, type Access } from '../../src/auth/access.js';
import { createProgram } from '../../src/cli/program.js';
import { privileges } from '../../src/instance/privileges.js';
import { declaredOperations } from '../../src/resolvers/operation.js';
import { emojiRoutes, mediaRoute } from '../../src/rest/instance-own.js';
import { routes, undocumentedRoutes } from '../../src/rest/routes.js';
import { privilegeOf } from '../../src/schema/guarded.js';
import { schema } from '../../src/schema/index.js';

/** Rows of docs/operations.md: operation, role, scope, GraphQL, REST, command, Pleroma. */
const rows = operationRows;
/** A rule as the last column has it. */
function pleromaCell({ pleroma = { role: 'admin' } }: Access): string {
  const { role, privilege } = pleroma;
  return [...(role ? [role] : []), ...(privilege ? [`\`${privilege}\``] : [])].join(' + ');
}
const codes = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

describe('docs/operations.md', () => {
  it('names every route with the operation behind it, its role and scope, and no other', () => {
    const documented = rows.flatMap(([operation, role, scope, , rest]) =>
      codes(rest).map(
        (route) => `${codes(operation).join()} ${String(role)} ${codes(scope).join()} ${route}`,
      ),
    );
    const actual = [...routes, ...undocumentedRoutes, ...emojiRoutes, mediaRoute].map(
      ({ method, path, operation }) =>
        `${operation.operationName} ${operation.access.role} ${scopesOf(operation.access).join()} ${method} ${path}`,
    );
    expect([...new Set(documented)].sort()).toEqual([...new Set(actual)].sort());
  });

  it('says of every operation what its declaration asks for, on Akkoma and on Pleroma', () => {
    const documented = rows.map(([operation, role, scope, , , , pleroma]) => [
      codes(operation)[0],
      { role, scopes: codes(scope), pleroma },
    ]);
    const actual = rows.map(([cell]) => {
      const [name = ''] = codes(cell);
      const access = declaredOperations().get(name)?.access;
      return [
        name,
        access && { role: access.role, scopes: scopesOf(access), pleroma: pleromaCell(access) },
      ];
    });
    expect(documented).toEqual(actual);
  });

  it('says of everything that changes something how a running instance notices it', () => {
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const changing = rows.filter(
      ([, , , graphql, rest]) =>
        codes(graphql).some((name) => mutations.includes(name)) ||
        codes(rest).some((name) => !name.startsWith('GET ')),
    );
    const kind = '(`(IMMEDIATE|QUEUED|NEEDS_MODULE|NEEDS_RESTART)`|UNSUPPORTED)';
    expect(
      changing
        .filter((cells) => !new RegExp(`^${kind}( → ${kind})?$`).test(cells[7] ?? ''))
        .map(([name]) => name),
    ).toEqual([]);
    expect(rows.every((cells) => cells.length === 8)).toBe(true);
  });

  it('names every privilege of Pleroma', () => {
    const named = new Set(rows.flatMap(([, , , , , , pleroma]) => codes(pleroma)));
    const unnamed = privileges.filter((name) => !named.has(name));
    expect(unnamed).toEqual([]);
    expect([...named].filter((name) => !privileges.some((known) => known === name))).toEqual([]);
  });

  it('names every field that asks for a privilege of its own', () => {
    const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const guarded = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).flatMap((field) => {
            const privilege = privilegeOf(field as Parameters<typeof privilegeOf>[0]);
            return privilege === undefined
              ? []
              : [`\`${type.name}.${field.name}\` (\`${privilege}\`)`];
          })
        : [],
    );
    expect(guarded.length).toBeGreaterThan(0);
    expect(guarded.filter((field) => !text.includes(field))).toEqual([]);
  });

  it('names every query and mutation, and no other', () => {
    const documented = rows
      .flatMap(([, , , graphql]) => codes(graphql))
      .filter((name) => !name.includes('.'));
    const fields = [
      ...Object.keys(schema.getQueryType()?.getFields() ?? {}),
      ...Object.keys(schema.getMutationType()?.getFields() ?? {}),
    ].filter((name) => name !== 'node');
    expect([...new Set(documented)].sort()).toEqual(fields.sort());
  });

  it('names every command that does something to the instance, and no other', () => {
    const program = createProgram({ out: () => undefined, error: () => undefined }, () =>
      Promise.resolve(),
    );
    const actual = program.commands.flatMap((group) =>
      group.commands.map((command) => `${group.name()} ${command.name()}`),
    );
    expect(rows.flatMap(([, , , , , command]) => codes(command)).sort()).toEqual(actual.sort());
  });
});
