import { z } from 'zod';
import { userFilters, type UserCriteria, type UserFilter } from '../../database/user-list.js';
import { failure } from '../../errors.js';
import { usersCount, usersList } from '../../resolvers/users/list.js';
import { userCredentials, userPermissionGroups, userShow } from '../../resolvers/users/show.js';
import type { Dialect } from '../dialect.js';
import { knownQuery } from '../known-query.js';
import { literalTrue, optionalText, optionalTexts, wholeNumber } from '../parameters.js';
import { route, type Route } from '../route.js';
import { account } from '../schemas/account.js';
import { credentials as credentialsSchema } from '../schemas/credentials.js';
import { examples } from '../schemas/examples.js';
import { count, flag } from '../schemas/parts.js';
import { credentials } from '../serialize/credentials.js';
import { userAnswer, usersAnswer } from './answers.js';
import { permissionGroup } from './permissions.js';

const actorTypes = ['Person', 'Service', 'Application', 'Group', 'Organization'];
const maxPageSize = 10_000;

const listInput = z.object({
  query: optionalText,
  filters: optionalText,
  name: optionalText,
  email: optionalText,
  tags: optionalTexts,
  local_only: literalTrue.meta({
    description: "Only local accounts; on the documents' path, where the first AdminFE sends it.",
  }),
  actor_types: optionalTexts,
  page: wholeNumber({ min: 1, max: 1_000_000, fallback: 1 }),
  page_size: wholeNumber({ min: 0, max: maxPageSize, fallback: 50 }),
});

const page = (item: z.ZodType): z.ZodType =>
  z.object({ users: z.array(item), count, page_size: count });

/** Unknown words among the filters are passed over on v1, as Akkoma does, and refused on the documents' path. */
function filtersOf(words: string | undefined, dialect: Dialect): UserFilter[] {
  const given = words === undefined ? [] : words.split(',');
  const known = given.filter((word): word is UserFilter =>
    userFilters.some((filter) => filter === word),
  );
  const unknown = given.find((word) => word !== '' && !known.some((filter) => filter === word));
  if (dialect === 'legacy' && unknown !== undefined)
    throw failure(
      'INVALID',
      `filters: "${unknown.slice(0, 50)}" is none of ${userFilters.join(', ')}.`,
      ['filters'],
    );
  return known;
}

function criteriaOf(input: z.infer<typeof listInput>, dialect: Dialect): UserCriteria {
  return {
    search: input.query,
    name: input.name,
    email: input.email,
    tags: input.tags,
    actorTypes: input.actor_types?.filter((type) => actorTypes.includes(type)),
    filters: [
      ...filtersOf(input.filters, dialect),
      ...(dialect === 'legacy' && input.local_only ? (['local'] as const) : []),
    ],
  };
}

export const userReadRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/users',
    summary: 'List or search accounts, newest first',
    operation: usersList,
    from: knownQuery(
      'filters',
      'query',
      'name',
      'email',
      'page',
      'page_size',
      'actor_types',
      'tags',
    ),
    input: listInput,
    answers: { v1: page(account.v1), legacy: page(account.legacy) },
    example: {
      query: examples.nickname,
      filters: 'local,active',
      tags: ['mrf_tag:media-strip'],
      page: 1,
      page_size: 10,
    },
    run: async (request) => {
      const { context, dialect, input } = request;
      const query = { criteria: criteriaOf(input, dialect), wildcards: dialect === 'v1' };
      const stretch = { limit: input.page_size, offset: (input.page - 1) * input.page_size };
      const users = await usersList(context, { ...query, stretch });
      return {
        ...(await usersAnswer(request, users)),
        count: await usersCount(context, query),
        page_size: input.page_size,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/users/:nickname',
    summary: 'One account by nickname or id',
    operation: userShow,
    from: knownQuery(),
    input: z.object({ nickname: z.string() }),
    answers: account,
    example: { nickname: examples.nickname },
    run: async (request) =>
      userAnswer(
        request,
        await userShow(request.context, {
          user: { name: request.input.nickname },
        }),
      ),
  }),
  route({
    method: 'GET',
    path: '/users/:nickname/credentials',
    summary: 'What an account has set for itself',
    operation: userCredentials,
    input: z.object({ nickname: z.string() }),
    answers: credentialsSchema,
    example: { nickname: examples.nickname },
    run: async ({ context, input }) =>
      credentials(
        await userCredentials(context, { user: { name: input.nickname } }),
        await context.instance(),
      ),
  }),
  ...[
    '/users/:nickname/permission_group',
    '/users/:nickname/permission_group/:permission_group',
  ].map((path) =>
    route({
      method: 'GET',
      path,
      summary: 'The roles of an account',
      operation: userPermissionGroups,
      failsWith: 'object',
      input: z.object({ nickname: z.string(), permission_group: z.string().optional() }),
      answers: z.object({ is_admin: flag, is_moderator: flag }),
      example: {
        nickname: examples.nickname,
        ...(path.includes(':permission_group') ? { permission_group: 'admin' } : {}),
      },
      run: async ({ context, input }) => {
        if (input.permission_group !== undefined) permissionGroup(input.permission_group);
        const { isAdmin, isModerator } = await userPermissionGroups(context, {
          user: { nickname: input.nickname },
        });
        return { is_admin: isAdmin, is_moderator: isModerator };
      },
    }),
  ),
];
