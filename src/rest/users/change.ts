import { z } from 'zod';
import {
  userToggleActivation,
  usersActivate,
  usersDeactivate,
} from '../../resolvers/users/activation.js';
import { usersApprove } from '../../resolvers/users/approve.js';
import { usersConfirmEmail } from '../../resolvers/users/confirm-email.js';
import { usersDelete } from '../../resolvers/users/delete.js';
import { userFollow, userUnfollow } from '../../resolvers/users/follow.js';
import { usersSuggest, usersUnsuggest } from '../../resolvers/users/suggest.js';
import { usersTag, usersUntag } from '../../resolvers/users/tag.js';
import { looseBoolean, nicknameList, texts } from '../parameters.js';
import { fromBody, noAction, Refusal, route, type Route } from '../route.js';
import { account } from '../schemas/account.js';
import { examples } from '../schemas/examples.js';
import { nothing, shown } from '../schemas/parts.js';
import { userAnswer, usersAnswer } from './answers.js';

const nicknames = z.object({ nicknames: nicknameList });
const byNickname = (names: readonly string[]): { nickname: string }[] =>
  names.map((nickname) => ({ nickname }));

/** One name or a list of names, as the documents' generations differ. */
const namesOrName = z.preprocess((value) => (typeof value === 'string' ? [value] : value), texts);
const nameList = namesOrName.pipe(nicknameList);

const userList = {
  v1: z.object({ users: z.array(account.v1) }),
  legacy: z.object({ users: z.array(account.legacy) }),
};
const names = shown(z.array(z.string()), [examples.otherNickname]);
const tagging = {
  nicknames: [examples.nickname, examples.otherNickname],
  tags: ['mrf_tag:media-strip'],
};

const listChanges = (
  [
    ['/users/activate', 'Activate accounts', usersActivate],
    ['/users/deactivate', 'Deactivate accounts', usersDeactivate],
    ['/users/approve', 'Approve accounts', usersApprove],
    ['/users/suggest', 'Suggest accounts', usersSuggest],
    ['/users/unsuggest', 'Suggest accounts no longer', usersUnsuggest],
  ] as const
).map(([path, summary, operation]) =>
  route({
    method: 'PATCH',
    path,
    summary,
    operation,
    input: nicknames,
    answers: userList,
    example: {
      nicknames: [path === '/users/approve' ? examples.unapprovedNickname : examples.otherNickname],
    },
    from: fromBody,
    needs: ['nicknames'],
    run: async (request) =>
      usersAnswer(
        request,
        await operation(request.context, { users: byNickname(request.input.nicknames) }),
      ),
  }),
);

const follows = (
  [
    ['/users/follow', 'Make an account follow another', userFollow],
    ['/users/unfollow', 'Make an account unfollow another', userUnfollow],
  ] as const
).map(([path, summary, operation]) =>
  route({
    method: 'POST',
    path,
    summary,
    operation,
    input: z.object({ follower: z.string(), followed: z.string() }),
    answers: shown(z.string(), 'ok'),
    example: { follower: examples.otherNickname, followed: examples.nickname },
    from: fromBody,
    needs: ['follower', 'followed'],
    run: async ({ context, input }) => {
      await operation(context, {
        follower: { nickname: input.follower },
        followed: { nickname: input.followed },
        lenient: true,
      });
      return 'ok';
    },
  }),
);

const tagChanges = (
  [
    ['PUT', 'Tag accounts', usersTag],
    ['DELETE', 'Untag accounts', usersUntag],
  ] as const
).flatMap(([method, summary, operation]) => [
  route({
    method,
    path: '/users/tag',
    dialects: ['v1'],
    summary,
    operation,
    input: z.object({ nicknames: nicknameList, tags: texts }),
    answers: nothing,
    example: tagging,
    needs: ['nicknames', 'tags'],
    status: 204,
    run: async ({ context, input }) =>
      void (await operation(context, { users: byNickname(input.nicknames), tags: input.tags })),
  }),
  route({
    method,
    path: '/users/tag',
    dialects: ['legacy'],
    summary: `${summary}: the parameter is nickname or nicknames, one or a list`,
    operation,
    input: z.preprocess(
      (given: Readonly<Record<string, unknown>>) => ({
        ...given,
        nicknames: given['nicknames'] ?? given['nickname'],
      }),
      z.object({ nicknames: nameList, tags: namesOrName }),
    ),
    answers: nothing,
    example: tagging,
    status: 204,
    run: async ({ context, input }) =>
      void (await operation(context, { users: byNickname(input.nicknames), tags: input.tags })),
  }),
]);

const deletions = [
  route({
    method: 'DELETE',
    path: '/users',
    dialects: ['v1'],
    summary: 'Delete accounts: nickname in the query or nicknames in the body',
    operation: usersDelete,
    input: z.object({ nickname: z.string().optional(), nicknames: nicknameList.optional() }),
    answers: names,
    example: { nicknames: [examples.otherNickname] },
    from: ({ query: { nickname }, body: { nicknames: given } }) => {
      if (nickname === undefined && given === undefined) throw new Refusal(noAction);
      return nickname === undefined ? { nicknames: given } : { nickname };
    },
    run: async ({ context, input: { nickname, nicknames: given = [] } }) => {
      const deleted = nickname === undefined ? given : [nickname];
      await usersDelete(context, { users: byNickname(deleted) });
      return deleted;
    },
  }),
  route({
    method: 'DELETE',
    path: '/users',
    dialects: ['legacy'],
    summary: 'Delete an account (nickname) or accounts (nicknames)',
    operation: usersDelete,
    input: z
      .object({ nickname: z.string().optional(), nicknames: nicknameList.optional() })
      .refine(({ nickname, nicknames }) => nickname !== undefined || nicknames !== undefined, {
        path: ['nickname'],
        message: 'Missing field',
      }),
    answers: z.union([names, shown(z.string(), examples.otherNickname)]),
    example: { nicknames: [examples.otherNickname] },
    run: async ({ context, input: { nickname, nicknames = [] } }) => {
      await usersDelete(context, {
        users: byNickname(nickname === undefined ? nicknames : [nickname]),
      });
      return nickname ?? nicknames;
    },
  }),
];

export const userChangeRoutes: readonly Route[] = [
  ...listChanges,
  ...follows,
  ...tagChanges,
  ...deletions,
  route({
    method: 'PATCH',
    path: '/users/confirm_email',
    summary: 'Confirm the e-mail addresses of accounts',
    operation: usersConfirmEmail,
    input: nicknames,
    answers: z.literal(''),
    example: { nicknames: [examples.unconfirmedNickname] },
    needs: ['nicknames'],
    run: async ({ context, input }) => {
      await usersConfirmEmail(context, { users: byNickname(input.nicknames) });
      return '';
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/:nickname/toggle_activation',
    summary: 'Activate or deactivate an account, whichever it is not',
    operation: userToggleActivation,
    input: z.object({ nickname: z.string() }),
    answers: account,
    example: { nickname: examples.otherNickname },
    run: async (request) =>
      userAnswer(
        request,
        await userToggleActivation(request.context, { user: { nickname: request.input.nickname } }),
      ),
  }),
  route({
    method: 'PUT',
    path: '/users/:nickname/activation_status',
    dialects: ['legacy'],
    summary: 'Activate (status true) or deactivate (false) an account',
    operation: usersDeactivate,
    input: z.object({ nickname: z.string(), status: looseBoolean }),
    answers: nothing,
    example: { nickname: examples.otherNickname, status: false },
    status: 204,
    run: async ({ context, input }) =>
      void (await (input.status ? usersActivate : usersDeactivate)(context, {
        users: [{ nickname: input.nickname }],
      })),
  }),
];
