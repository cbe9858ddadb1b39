import { readFileSync } from 'node:fs';
import { isInputObjectType, isObjectType, isNonNullType, isListType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema } from '../../src/cli/schema.js';
import { schema } from '../../src/schema/index.js';

describe('schema.graphql', () => {
  it('is the printed schema (`npm run schema` writes it)', () => {
    expect(`${printedSchema()}\n`).toBe(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  });
});

describe('mutations', () => {
  const mutations = Object.entries(schema.getMutationType()?.getFields() ?? {});

  it.each(mutations)('%s takes one `input: <Name>Input!` and answers a nullable payload with errors', (name, field) => {
    const typeName = name.charAt(0).toUpperCase() + name.slice(1);
    expect(field.args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([`input: ${typeName}Input!`]);
    expect(String(field.type)).toBe(`${typeName}Payload`);
    const payload = schema.getType(`${typeName}Payload`);
    expect(isObjectType(payload) && payload.getInterfaces().map(String)).toEqual(['MutationPayload']);
    for (const entity of Object.values(isObjectType(payload) ? payload.getFields() : {})) if (entity.name !== 'errors') expect(isNonNullType(entity.type), entity.name).toBe(false);
  });

  it.each(mutations)('%s has only lists of non-null items in its input', (name) => {
    const input = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
    for (const { type } of Object.values(isInputObjectType(input) ? input.getFields() : {})) {
      const bare = isNonNullType(type) ? (type.ofType as typeof type) : type;
      if (isListType(bare)) expect(String(bare)).toMatch(/^\[.+!\]$/);
    }
  });
});
