import { flakeFromUuid } from '../../src/database/flake.js';
import { uuidOf, type Size } from './data.js';
import type { HttpRequest } from './load.js';
import { admin, get, graphql, reportFields, userFields } from './workloads.js';

/** One page of a list, asked for in one way. */
export interface GrowthQuestion {
  readonly what: string;
  /** GraphQL's `after`, or REST's `page`, whose answer also counts everything. */
  readonly by: 'cursor' | 'offset';
  /** Which page. */
  readonly place: 'first' | 'middle' | 'last';
  readonly request: HttpRequest;
  /** How many items the answer must have. */
  readonly items: number;
}

type Place = GrowthQuestion['place'];

/** Of all rows, how many come before the page. */
const before: Readonly<Record<Place, (rows: number, page: number) => number>> = {
  first: () => 0,
  middle: (rows) => Math.floor(rows / 2),
  last: (rows, page) => rows - page,
};

/** A list of the instance: how it is asked for, and what it holds. */
interface List {
  readonly what: string;
  readonly page: number;
  /** How many rows it has. */
  readonly rows: number;
  readonly places: readonly Place[];
  readonly graphql: (page: string) => string;
  readonly rest: string;
  /** The cursor of the row after which `index` rows were passed. */
  readonly cursorAt: (index: number) => string;
}

const everywhere: readonly Place[] = ['first', 'middle', 'last'];

/** Every question for an instance of this size, in an order that is the same for all sizes. */
export function growthQuestions({ users, activities, logRows }: Size): GrowthQuestion[] {
  const userAt = (index: number): string => flakeFromUuid(uuidOf(users - index + 1));
  const list =
    (filter: string) =>
    (page: string): string =>
      `{ users(${page}${filter}) { nodes { ${userFields} } } }`;
  const reports = Math.floor(activities / 100);
  const lists: readonly List[] = [
    {
      what: 'users',
      page: 50,
      rows: users,
      places: everywhere,
      graphql: list(''),
      rest: '/users?',
      cursorAt: userAt,
    },
    {
      what: 'local users',
      page: 50,
      rows: (users * 3) / 4,
      places: everywhere,
      graphql: list(' filter: { is: [LOCAL] }'),
      rest: '/users?filters=local&',
      cursorAt: (index) => userAt((index * 4) / 3),
    },
    {
      what: 'admins',
      page: 1,
      rows: 1,
      places: ['first'],
      graphql: list(' filter: { is: [ADMIN] }'),
      rest: '/users?filters=is_admin&',
      cursorAt: userAt,
    },
    {
      what: 'search, 1 found',
      page: 1,
      rows: 1,
      places: ['first'],
      graphql: list(' filter: { search: "ser432@" }'),
      rest: '/users?query=ser432@&',
      cursorAt: userAt,
    },
    {
      what: 'search, all found',
      page: 50,
      rows: users,
      places: ['first'],
      graphql: list(' filter: { search: "ser" }'),
      rest: '/users?query=ser&',
      cursorAt: userAt,
    },
    {
      what: 'reports',
      page: 20,
      rows: reports,
      places: everywhere,
      graphql: (page) => `{ reports(${page}) { nodes { ${reportFields} } } }`,
      rest: '/reports?',
      cursorAt: (index) => flakeFromUuid(uuidOf((reports - index + 1) * 100)),
    },
    {
      what: 'open reports',
      page: 10,
      rows: reports / 10,
      places: ['first'],
      graphql: (page) =>
        `{ reports(${page} filter: { state: OPEN }) { nodes { ${reportFields} } } }`,
      rest: '/reports?state=open&',
      cursorAt: userAt,
    },
    {
      what: 'moderation log',
      page: 50,
      rows: logRows,
      places: everywhere,
      graphql: (page) => `{ moderationLog(${page}) { nodes { databaseId message createdAt } } }`,
      rest: '/moderation_log?',
      cursorAt: (index) => String(logRows - index + 1),
    },
  ];
  return lists.flatMap((one) =>
    one.places.flatMap((place) => (['cursor', 'offset'] as const).map((by) => ask(one, by, place))),
  );
}

function ask(
  { what, page, rows, graphql: document, rest, cursorAt }: List,
  by: GrowthQuestion['by'],
  place: Place,
): GrowthQuestion {
  const passed = before[place](rows, page);
  const after = passed === 0 ? '' : ` after: "${cursorAt(passed)}"`;
  const request =
    by === 'cursor'
      ? graphql(document(`first: ${String(page)}${after}`))
      : get(
          `${admin}${rest}page_size=${String(page)}&page=${String(Math.floor(passed / page) + 1)}`,
        );
  return { what, by, place, request, items: page };
}
