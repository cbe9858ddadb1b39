import fc, { type GeneratorValue } from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Conditions by variables, of which {@link conditionVariables} are some values. */
const conditions = [
  '',
  '',
  '',
  '',
  ' @include(if: $a)',
  ' @skip(if: $a)',
  ' @include(if: $b)',
  ' @skip(if: $b)',
  ' @include(if: $a) @skip(if: $b)',
  ' @include(if: true)',
  ' @skip(if: true)',
];
export const conditionDeclarations = '$a: Boolean!, $b: Boolean = true';

/** Generates selections on the types of a schema, as no person would write them. */
export interface Selections {
  /** Braces and all, for a field of this type; empty for a leaf. */
  readonly of: (type: GraphQLNamedType, depth: number) => string;
  /** One root field, several times and under conditions, also in fragments. */
  readonly repeated: (field: string, type: GraphQLNamedType, root: string) => string;
  /** The named fragments the selections spread. */
  readonly fragments: () => string;
}

/**
 * Fields selected twice, under conditions, behind aliases, in inline and named fragments within each other.
 * @param usable leaves out fields whose value is another each time.
 */
export function createSelections(
  schema: GraphQLSchema,
  g: GeneratorValue,
  usable: (type: string, field: string) => boolean,
): Selections {
  const fragments: string[] = [];
  const condition = (): string => g(() => fc.constantFrom(...conditions));
  const argumentsOf = ({ args }: GraphQLField<unknown, unknown>): string =>
    args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
  const fieldOf = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const alias = g(fc.integer, { min: 0, max: 11 }) === 0 ? `other_${field.name}: ` : '';
    return `${alias}${field.name}${argumentsOf(field)}${condition()}${of(getNamedType(field.type), depth - 1)}`;
  };
  const ofFields = (type: GraphQLNamedType, depth: number): string => {
    if (isAbstractType(type)) {
      const members = schema.getPossibleTypes(type).filter(() => g(fc.nat, { max: 2 }) === 0);
      return [
        '__typename',
        ...members.map((member) => `... on ${member.name} { ${ofFields(member, depth)} }`),
      ].join(' ');
    }
    if (!isObjectType(type)) return '__typename';
    const fields = Object.values(type.getFields()).filter(
      (field) =>
        usable(type.name, field.name) && (isLeafType(getNamedType(field.type)) || depth > 1),
    );
    const chosen = Array.from(
      { length: g(fc.integer, { min: 0, max: 4 }) },
      () => fields[g(fc.nat, { max: fields.length - 1 })],
    ).filter((field) => field !== undefined);
    const written = chosen.map((field) => fieldOf(field, depth));
    // What stands in a list once may stand there again, with another condition or the rest of its fields.
    const again = chosen
      .slice(0, g(fc.integer, { min: 0, max: 2 }))
      .map((field) => fieldOf(field, depth));
    return [...written, ...again, `__typename${condition()}`, 'same: __typename']
      .map((selection) => wrapped(selection, type.name))
      .join(' ');
  };
  const wrapped = (selection: string, type: string): string => {
    switch (g(fc.integer, { min: 0, max: 9 })) {
      case 0:
        return `... on ${type}${condition()} { ${selection} }`;
      case 1:
        return `...${condition()} { ${selection} } ${selection}`;
      case 2: {
        const name = `F${fragments.length}`;
        fragments.push(`fragment ${name} on ${type} { ${selection} }`);
        return `...${name}${condition()} ... on ${type} { ...${name}${condition()} }`;
      }
      default:
        return selection;
    }
  };
  const of = (type: GraphQLNamedType, depth: number): string =>
    isLeafType(type) ? '' : ` { ${ofFields(type, depth)} }`;
  const repeated = (field: string, type: GraphQLNamedType, root: string): string =>
    Array.from({ length: g(fc.integer, { min: 1, max: 2 }) }, () =>
      wrapped(`${field}${condition()}${of(type, 3)}`, root),
    ).join(' ');
  return { of, repeated, fragments: () => fragments.join(' ') };
}
