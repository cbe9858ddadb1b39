import fc, { type GeneratorValue } from 'fast-check';
import { Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { shapeFault, shapeLimits } from '../../src/server/limits/document-shape.js';
import { Choices } from '../support/fuzz/choices.js';
import { expandingDocument } from '../support/fuzz/expanding-document.js';
import type { Client } from '../support/client.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
/** So many of each kind; longer runs ask for more. */
const count = Math.max(60, Number(process.env['FUZZ_REQUESTS'] ?? 0) / 20);
/** Milliseconds of processor time for one document: many times what any of them takes. */
const patience = 3_000;

let user: Client;
beforeEach(async () => {
  user = world.as(await world.token(await world.user({ nickname: 'x' })));
});

const many = (length: number, item: (index: number) => string): string =>
  Array.from({ length }, (_, index) => item(index)).join(' ');
const limited = { status: 400, errors: [{ extensions: { code: 'COST_LIMIT' } }] };

/** Fragments that spread the next one twice or more: so many times the text that no machine could look at all of it. */
const bombs: [string, string][] = [
  [
    'each fragment twice in the next',
    many(
      90,
      (index) =>
        `fragment f${index} on User { id ...f${index + 1} ... on User { ...f${index + 1} } }`,
    ),
  ],
  [
    'each fragment twice in an inline one',
    many(
      90,
      (index) => `fragment f${index} on User { ... { ...f${index + 1} } ... { ...f${index + 1} } }`,
    ),
  ],
  [
    'each fragment thrice, behind conditions',
    many(
      16,
      (index) =>
        `fragment f${index} on User { ...f${index + 1} @include(if: true) ...f${index + 1} @skip(if: false) ... @include(if: true) { ...f${index + 1} } }`,
    ),
  ],
  [
    'each fragment in two of the next two',
    many(88, (index) => `fragment f${index} on User { ...f${index + 1} ...f${index + 2} }`) +
      ' fragment f89 on User { id } fragment f90 on User { id }',
  ],
  [
    'each fragment ten times, three deep',
    many(
      4,
      (index) =>
        `fragment f${index} on User { ${many(10, () => `... on User { ...f${index + 1} }`)} }`,
    ),
  ],
];

describe('documents that are short and expand', () => {
  it.each(bombs)('%s: refused before anything walks it, whoever asks', async (_name, fragments) => {
    const document = `{ users(first: 1) { nodes { ...f0 } } } ${fragments} ${/fragment f90 /.test(fragments) ? '' : `fragment f${(fragments.match(/fragment/g) ?? []).length} on User { id }`}`;
    const before = process.cpuUsage();
    for (const client of [user, world.as(undefined)])
      expect(await client.graphql(document)).toMatchObject(limited);
    const unused = document.replace('...f0 } } }', 'id } } }');
    expect(await user.graphql(unused)).toMatchObject(limited);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(patience);
  });

  it('a second fragment of the same name is measured too', async () => {
    const bomb = bombs[0]?.[1] ?? '';
    expect(
      await user.graphql(
        `{ users { nodes { ...f0 } } } fragment f0 on User { id ...f1 ...f1 } ${bomb} fragment f90 on User { id } fragment f0 on User { id }`,
      ),
    ).toMatchObject(limited);
  });

  it('a circle of a hundred fragments that all spread each other is refused at once', async () => {
    const circle = many(
      20,
      (index) => `fragment f${index} on User { id ${many(20, (other) => `...f${other}`)} }`,
    );
    const before = process.cpuUsage();
    const answer = await user.graphql(`{ users { nodes { ...f0 } } } ${circle}`);
    expect(answer.errors?.[0]?.extensions?.code).toMatch(/COST_LIMIT|GRAPHQL_VALIDATION_FAILED/);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(patience);
  });

  it('long lines of nothing before many faults take no time, and no more than 20 faults are told', async () => {
    expect(await user.graphql(`${'\n'.repeat(500_000)}{ nothing }`)).toMatchObject(limited);
    expect(await user.graphql(`${'\n'.repeat(50_000)}{ nothing }`)).toMatchObject(limited);
    expect(
      (await user.graphql(`{ ${many(500, (index) => `nothing${index}`)} }`)).errors?.length,
    ).toBeLessThanOrEqual(21);
  });

  it(
    'generated documents of all these kinds are answered in time, without a fault',
    async () => {
      let slowest = { milliseconds: 0, query: '' };
      await fc.assert(
        fc.asyncProperty(fc.uint32Array({ minLength: 150, maxLength: 150 }), async (entropy) => {
          const { query, variables } = expandingDocument(new Choices(entropy, ['x']));
          const before = process.cpuUsage();
          const { status } = await user.graphql(query, variables as Record<string, unknown>);
          const milliseconds = process.cpuUsage(before).user / 1_000;
          if (milliseconds > slowest.milliseconds)
            slowest = { milliseconds, query: query.slice(0, 2_000) };
          expect(status, query.slice(0, 2_000)).toBeLessThan(500);
        }),
        { numRuns: count },
      );
      expect(slowest.milliseconds, slowest.query).toBeLessThan(patience);
    },
    60_000 + count * 100,
  );
});

/** The size of a document with its fragments where they are spread, looked at one by one; gives up beyond the limit. */
function expandedSize(document: DocumentNode): number {
  let size = 0;
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      size += 1;
      if (size > shapeLimits.selections) return;
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) look(selection.selectionSet);
        continue;
      }
      const name = selection.name.value;
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
      );
      if (fragment && 'selectionSet' in fragment) look(fragment.selectionSet);
    }
  };
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) look(definition.selectionSet);
  return size;
}

it('the size is that of the document with every fragment where it is spread', () => {
  const inner = (g: GeneratorValue, index: number, depth: number): string =>
    many(g(fc.integer, { min: 1, max: 5 }), () => {
      const kind = g(fc.integer, { min: 0, max: depth > 0 ? 4 : 2 });
      if (kind === 0) return `a${g(fc.integer, { min: 0, max: 200 })}`;
      if (kind < 3) return `...f${index + g(fc.integer, { min: 1, max: 3 })}`;
      return `${kind === 3 ? '...' : 'c'} { ${inner(g, index, depth - 1)} }`;
    });
  fc.assert(
    fc.property(fc.gen(), fc.integer({ min: 1, max: 40 }), (g, length) => {
      const fragments = many(
        length,
        (index) => `fragment f${index} on T { ${inner(g, index, 2)} }`,
      );
      const document = parse(
        `{ ...f0 } ${fragments} ${many(4, (index) => `fragment f${length + index} on T { a }`)}`,
      );
      // Spread by nothing, these stand for themselves: left out, the operation alone is measured.
      const reached = new Set<string>(['f0']);
      for (const name of reached)
        for (const [, spread = ''] of (
          new RegExp(`fragment ${name} on T (.*?)(?= fragment|$)`).exec(
            `{ ...f0 } ${fragments}`,
          )?.[1] ?? ''
        ).matchAll(/\.\.\.(f\d+)/g))
          reached.add(spread);
      const own: DocumentNode = {
        ...document,
        definitions: document.definitions.filter(
          (one) => one.kind !== Kind.FRAGMENT_DEFINITION || reached.has(one.name.value),
        ),
      };
      const isTooLarge = /selects more than [\d,]+ fields/.test(shapeFault(own) ?? '');
      const isTooDeep = /deeper|aliases|directives/.test(shapeFault(own) ?? '');
      expect(isTooLarge || isTooDeep).toBe(expandedSize(own) > shapeLimits.selections || isTooDeep);
    }),
    { numRuns: 200 },
  );
});
