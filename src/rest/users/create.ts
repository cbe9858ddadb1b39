import { z } from 'zod';
import { OperationError, type Issue } from '../../errors.js';
import { usersCreate } from '../../resolvers/users/create.js';
import type { NewUser } from '../../resolvers/users/new-user.js';
import { Refusal, route, type RestRequest, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { shown } from '../schemas/parts.js';

const newUser = z.object({ nickname: z.string(), email: z.string(), password: z.string() });
const list = z.object({ users: z.array(newUser) });
/**
 * The oldest form (docs/documented-api.md#create-accounts): one account, its parameters at top
 * level; answered by its nickname.
 */
const listOrFlat = z.preprocess(
  (given: Readonly<Record<string, unknown>>) =>
    given['users'] === undefined ? { users: [given], isFlat: true } : given,
  list.extend({ isFlat: z.boolean().optional() }),
);

const account = {
  nickname: examples.newNickname,
  email: `${examples.newNickname}@mail.example`,
  password: examples.password,
};
const data = z.object({
  email: shown(z.string(), account.email),
  nickname: shown(z.string(), account.nickname),
});
const created = z.array(z.object({ type: z.literal('success'), code: z.literal(200), data }));
const refused = z.array(
  z.object({
    type: z.literal('error'),
    code: z.literal(409),
    error: shown(z.string(), 'email has already been taken'),
    data,
  }),
);

/** The first fault of an account that the answer has a place for, nickname before e-mail before password; else an empty text. */
function faultOf(issues: readonly Issue[], index: number): string {
  const own = issues.filter(({ inputPath }) => inputPath[1] === String(index));
  const [fault] = ['nickname', 'email', 'password'].flatMap((field) =>
    own.filter(({ inputPath }) => inputPath[2] === field),
  );
  if (!fault) return '';
  return fault.message.startsWith(`${String(fault.inputPath[2])} `)
    ? fault.message
    : `${String(fault.inputPath[2])} ${fault.message}`;
}

function refusedAnswer(users: readonly NewUser[], issues: readonly Issue[]): unknown[] {
  const firstTaken = issues.find(({ code }) => code === 'TAKEN');
  const shown = issues.filter(
    (issue) => issue.code !== 'TAKEN' || issue.inputPath[1] === firstTaken?.inputPath[1],
  );
  return users.map(({ nickname, email }, index) => ({
    type: 'error',
    code: 409,
    error: faultOf(shown, index),
    data: { email, nickname },
  }));
}

async function create(
  { context }: RestRequest<unknown>,
  users: readonly NewUser[],
): Promise<unknown[]> {
  try {
    await usersCreate(context, { users });
    return users.map(({ nickname, email }) => ({
      type: 'success',
      code: 200,
      data: { email, nickname },
    }));
  } catch (error) {
    if (
      error instanceof OperationError &&
      error.issues.some(({ inputPath }) => inputPath.length === 3)
    )
      throw new Refusal({ status: 409, body: refusedAnswer(users, error.issues) });
    throw error;
  }
}

export const userCreateRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/users',
    dialects: ['v1'],
    summary: 'Create accounts, all or none',
    operation: usersCreate,
    input: list,
    from: ({ body }) => body,
    answers: created,
    refusals: { 409: refused },
    example: { users: [account] },
    needs: ['users'],
    run: (request) => create(request, request.input.users),
  }),
  route({
    method: 'POST',
    path: '/users',
    dialects: ['legacy'],
    summary: 'Create accounts, all or none, or one account from flat parameters',
    operation: usersCreate,
    input: listOrFlat,
    documentedInput: z.union([list, newUser]),
    answers: z.union([created, shown(z.string(), account.nickname)]),
    refusals: { 409: refused },
    example: { users: [account] },
    run: async (request) => {
      const { users, isFlat } = request.input;
      const results = await create(request, users);
      return isFlat ? users[0]?.nickname : results;
    },
  }),
];
