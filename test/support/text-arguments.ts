import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';

/** Where a text goes: names of fields, and places in lists. */
export type TextPath = readonly (string | number)[];

const noTexts = ['Boolean', 'Int', 'Float', 'DateTime', 'Date', 'JSON'];

/** Every place below an input type where a text can be sent; lists by their first item, a type within itself once. */
export function* textPaths(
  type: GraphQLInputType,
  within: readonly string[] = [],
): Generator<TextPath> {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    for (const path of textPaths(nullable.ofType, within)) yield [0, ...path];
    return;
  }
  if (isInputObjectType(nullable)) {
    if (within.includes(nullable.name)) return;
    for (const field of fieldsOf(nullable))
      for (const path of textPaths(field.type, [...within, nullable.name]))
        yield [field.name, ...path];
    return;
  }
  if (!isEnumType(nullable) && !noTexts.includes(getNamedType(nullable).name)) yield [];
}

/** `base` with a text at this place; what else the types on the way demand is made up, and of a oneOf there is but this field. */
export function withText(
  type: GraphQLInputType,
  [step, ...rest]: TextPath,
  base: unknown,
  text: string,
): unknown {
  const nullable = getNullableType(type);
  if (step === undefined) return text;
  if (isListType(nullable))
    return [withText(nullable.ofType, rest, Array.isArray(base) ? base[0] : undefined, text)];
  if (!isInputObjectType(nullable)) throw new Error(`${String(step)} leads below ${String(type)}`);
  const given =
    typeof base === 'object' && base !== null && !nullable.isOneOf
      ? (base as Readonly<Record<string, unknown>>)
      : {};
  const needed = fieldsOf(nullable)
    .filter((field) => isNonNullType(field.type))
    .map((field) => [field.name, madeUp(field.type)] as const);
  const field = nullable.getFields()[step];
  return {
    ...Object.fromEntries(needed),
    ...given,
    ...(field ? { [step]: withText(field.type, rest, given[step], text) } : {}),
  };
}

function madeUp(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [madeUp(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (!isInputObjectType(nullable))
    return { Boolean: true, Int: 1, Float: 1 }[getNamedType(nullable).name] ?? '1';
  const fields = nullable.isOneOf
    ? fieldsOf(nullable).slice(0, 1)
    : fieldsOf(nullable).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(fields.map((field) => [field.name, madeUp(field.type)]));
}

function fieldsOf(type: {
  getFields: () => Readonly<Record<string, GraphQLInputField>>;
}): GraphQLInputField[] {
  return Object.values(type.getFields());
}
