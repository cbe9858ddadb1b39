import { readFileSync } from 'node:fs';
import { isInputObjectType, isObjectType, isNonNullType, isListType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema } from '../../src/cli/schema.js';
import { schema } from '../../src/schema/index.js';
import { isListOfObjects } from '../../src/schema/lists.js';

describe('schema.graphql', () => {
  it('is the printed schema (`npm run schema` writes it)', () => {
    expect(`${printedSchema()}\n`).toBe(
      readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    );
  });
});

describe('mutations', () => {
  const mutations = Object.entries(schema.getMutationType()?.getFields() ?? {});

  it.each(mutations)(
    '%s takes one `input: <Name>Input!` and answers a nullable payload with errors',
    (name, field) => {
      const typeName = name.charAt(0).toUpperCase() + name.slice(1);
      expect(field.args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([
        `input: ${typeName}Input!`,
      ]);
      expect(String(field.type)).toBe(`${typeName}Payload`);
      const payload = schema.getType(`${typeName}Payload`);
      expect(isObjectType(payload) && payload.getInterfaces().map(String)).toEqual([
        'MutationPayload',
      ]);
      for (const entity of Object.values(isObjectType(payload) ? payload.getFields() : {}))
        if (entity.name !== 'errors') expect(isNonNullType(entity.type), entity.name).toBe(false);
    },
  );

  it.each(mutations)('%s has only lists of non-null items in its input', (name) => {
    const input = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
    for (const { type } of Object.values(isInputObjectType(input) ? input.getFields() : {})) {
      const bare = isNonNullType(type) ? (type.ofType as typeof type) : type;
      if (isListType(bare)) expect(String(bare)).toMatch(/^\[.+!\]$/);
    }
  });
});

describe('lists of objects that are no connection', () => {
  const declared = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__') && !type.name.endsWith('Connection')
      ? Object.values(type.getFields())
          .filter((field) => isListOfObjects(field) && field.name !== 'errors')
          .map((field): [string, unknown] => [
            `${type.name}.${field.name}`,
            field.extensions['listSize'] ?? 5,
          ])
      : [],
  );

  it("count in the cost of an operation as said here: 5 only where a row holds few, or a mutation's input says how many", () => {
    const few = new Set([
      'InstanceEffect.jobs',
      'ModerationLogEntry.subjects',
      'Poll.options',
      'Report.notes',
      'Report.rules',
      'Report.statuses',
      'Status.emojiReactions',
      'Status.mediaAttachments',
      'Status.mentions',
    ]);
    const byInput = /^(Users\w+Payload\.users|ReportSetStatePayload\.reports)$/;
    const others = declared.filter(([name]) => !few.has(name) && !byInput.test(name));
    expect(others.filter(([, size]) => size === 5)).toEqual([]);
    expect(Object.fromEntries(others)).toMatchObject({
      'Query.relays': 100,
      'Report.earlierReports': 100,
      'Report.logEntries': 100,
      'User.reportsAbout': 100,
    });
  });
});
