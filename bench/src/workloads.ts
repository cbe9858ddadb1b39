import { token } from './data.js';
import type { HttpRequest } from './load.js';

export const workloadNames = ['a', 'b', 'c', 'd'] as const;
export type WorkloadName = (typeof workloadNames)[number];
export type Door = 'graphql' | 'rest' | 'floor' | 'postgraphile';

/** One question, asked through each door. GraphQL documents are the same for every server but PostGraphile, which has root fields and arguments of its own; aliases give its answers the same form. */
export interface Workload {
  readonly title: string;
  readonly requests: Readonly<Record<Door, readonly HttpRequest[]>>;
}

const headers = { authorization: `Bearer ${token}` };
export const get = (path: string): HttpRequest => ({ method: 'GET', path, headers });
const send = (method: string, path: string, body: unknown): HttpRequest => ({
  method,
  path,
  headers,
  body: JSON.stringify(body),
});
export const graphql = (query: string, variables: unknown = {}): HttpRequest =>
  send('POST', '/graphql', { query, variables });
export const admin = '/api/v1/pleroma/admin';

export const userFields =
  'databaseId nickname displayName email isLocal isActive isAdmin isModerator tags createdAt';
export const reportFields = `databaseId state content createdAt account { databaseId nickname displayName isActive } actor { databaseId nickname displayName }
  statuses { status { databaseId content createdAt account { databaseId nickname displayName } } }`;
const users = `query Users { users(first: 50) { nodes { ${userFields} } } }`;
const reports = `query Reports { reports(first: 20) { nodes { ${reportFields} } } }`;
const user = `query User($nickname: String!) { user(by: { nickname: $nickname }) { ${userFields} } }`;
const tag =
  'mutation Tag($input: UsersTagInput!) { usersTag(input: $input) { users { databaseId nickname tags } errors { code message path } } }';

const ofPostGraphile = {
  users: `query Users { users: allUsers(first: 50, orderBy: PRIMARY_KEY_DESC) { nodes { ${userFields} } } }`,
  reports: `query Reports { reports: allReports(first: 20, orderBy: PRIMARY_KEY_DESC) { nodes { ${reportFields} } } }`,
  user: `query User($nickname: String!) { user: userByNickname(nickname: $nickname) { ${userFields} } }`,
};

/** Local accounts, spread over the table. */
const nicknames = Array.from(
  { length: 200 },
  (_, index) => `user${String(((index * 487 * 4) % 9_000) + 1)}`,
);
/** The k-th local account. */
const local = (k: number): string => `user${String(Math.floor(k / 3) * 4 + (k % 3) + 1)}`;
/** Ten accounts a time and never the same again within a round, so that every request changes ten rows; a second pass brings another tag. */
const tens = ['checked', 'checked-again'].flatMap((second) =>
  Array.from({ length: 7_000 }, (_, group) => ({
    nicknames: Array.from({ length: 10 }, (_unused, index) => local(group * 10 + index)),
    tags: ['bench', second],
  })),
);
const taggings = tens.map(({ nicknames: names, tags }) =>
  graphql(tag, { input: { users: names.map((nickname) => ({ nickname })), tags } }),
);

/** Takes away what (d) left, before each of its rounds. */
export const resetTags = [
  `update users set tags = array(select tag from unnest(tags) tag where tag not in ('bench', 'checked', 'checked-again')) where tags && '{bench}'`,
  'vacuum analyze users',
  'vacuum moderation_log',
];

export const workloads: Readonly<Record<WorkloadName, Workload>> = {
  a: {
    title: 'page of 50 users',
    requests: {
      graphql: [graphql(users)],
      rest: [get(`${admin}/users?page_size=50`)],
      floor: [get('/a')],
      postgraphile: [graphql(ofPostGraphile.users)],
    },
  },
  b: {
    title: '20 reports with account, actor, 3 statuses and their authors',
    requests: {
      graphql: [graphql(reports)],
      rest: [get(`${admin}/reports?page_size=20`)],
      floor: [get('/b')],
      postgraphile: [graphql(ofPostGraphile.reports)],
    },
  },
  c: {
    title: 'one user by nickname',
    requests: {
      graphql: nicknames.map((nickname) => graphql(user, { nickname })),
      rest: nicknames.map((nickname) => get(`${admin}/users/${nickname}`)),
      floor: nicknames.map((nickname) => get(`/c?${nickname}`)),
      postgraphile: nicknames.map((nickname) => graphql(ofPostGraphile.user, { nickname })),
    },
  },
  d: {
    title: 'tag 10 users in one transaction with its log row',
    requests: {
      graphql: taggings,
      rest: tens.map((body) => send('PUT', `${admin}/users/tag`, body)),
      floor: tens.map((body) => send('POST', '/d', body)),
      postgraphile: taggings,
    },
  },
};
