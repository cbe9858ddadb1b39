import type { Choices } from './choices.js';

/** Ways from an account back to an account, with how deep each leads. */
const ways = [
  ['', ''],
  ['... on User { ', ' }'],
  ['... @include(if: true) { ', ' }'],
  ['statuses(first: 1) { nodes { account { ', ' } } }'],
  ['reportsAbout { account { ', ' } }'],
  ['reportsAbout { statuses { status { account { ', ' } } } }'],
] as const;

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(' ');

/**
 * A short document that is long when its fragments stand where they are spread: chains, diamonds and
 * trees of fragments, with or without inline ones between them, and floods of aliases, fields and
 * directives. Small numbers make harmless ones.
 */
export function expandingDocument(choices: Choices): {
  readonly query: string;
  readonly variables: unknown;
} {
  const length = choices.pick([1, 3, 8, 12, 30, 60, 99, 120]);
  const width = choices.pick([1, 1, 2, 2, 3, 20, 60]);
  const own = many(choices.pick([0, 1, 5, 30]), () =>
    choices.pick(['id', 'nickname', 'tags', 'a: email', '__typename']),
  );
  const spread = (index: number): string => {
    const [open, close] = choices.pick(ways);
    const directive = choices.once(10) ? ' @include(if: $yes)' : '';
    const to = choices.once(5) ? choices.number(length + 1) : index + 1;
    return `${open}...f${Math.max(to, index + 1)}${directive}${close}`;
  };
  const fragments = many(
    length,
    (index) => `fragment f${index} on User { id ${own} ${many(width, () => spread(index))} }`,
  );
  const last = `fragment f${length} on User { id ${many(choices.pick([0, 1, 600]), () => 'nickname')} }`;
  const circle = choices.once(20) ? `fragment f${length} on User { ...f0 }` : last;
  const text = choices.pick([
    `{ users(first: 1) { nodes { ...f0 } } } ${fragments} ${circle}`,
    `{ user(by: { nickname: "x" }) { ...f0 ...f${choices.number(length)} } } ${fragments} ${circle}`,
    `{ users { ${many(choices.pick([2, 40, 300]), () => 'nodes { ...f0 }')} } } ${fragments} ${circle}`,
    `{ __schema { types { ${many(width, () => 'fields { type { fields { type { name } } } }')} } } }`,
    `{ user(by: { nickname: "x" }) { ${many(width * 20, () => `id ${many(width, () => '@skip(if: false)')}`)} } }`,
    `{ ${many(width * 20, (index) => `q${'x'.repeat(length)}${index}`)} }`,
    `${'\n'.repeat(length * width * 20)}{ ${many(width, (index) => `a${index}: nothing`)} }`,
    many(width * 10, (index) => `query Q${index} { user(by: { nickname: "x" }) { ...f0 } }`) +
      fragments +
      circle,
    `query ($all: [UserTrait!]) { ${many(20, (index) => `a${index}: users(filter: { is: $all }) { totalCount }`)} }`,
    `query ($users: [UserReference!]!) { users { totalCount @include(if: $users) } }`,
  ]);
  const list = Array.from({ length: choices.pick([1, 1_000, 20_000]) }, () =>
    choices.pick(['LOCAL', 'x']),
  );
  // A document without a name for its operation has no place for variables.
  const query = text.startsWith('{') ? `query ($yes: Boolean = true) ${text}` : text;
  return { query, variables: { all: list, users: list.map((nickname) => ({ nickname })) } };
}
