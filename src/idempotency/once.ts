import { demandAccess, demandPrivilege, type MetDemand } from '../auth/access.js';
import { isAdministrator, type Actor } from '../auth/actor.js';
import type { OperationContext } from '../context.js';
import { claimKey, keepAnswer, keptAnswer } from '../database/kept-answers.js';
import { failure } from '../errors.js';
import { sealOf, type KeyedRequest } from './seal.js';

/** The header that carries the key, and what every answer to it says. */
export const keyHeader = 'idempotency-key';

/** Seconds after which to ask again while the first request is at work. */
export const patience = 1;

/** Whose key it is. A new token of the same account goes on where the old one was. */
export function callerOf(actor: Actor): string {
  return actor.kind === 'account' ? `account ${actor.id}` : actor.kind;
}

/** What was answered, and the headers that say whether it is or was kept. */
export interface Answered<Answer> {
  readonly answer: Answer;
  /** Empty for an answer that is not kept: the same key may be tried again. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Outcome<Answer> {
  /** Must survive being JSON. */
  readonly answer: Answer;
  /** Whether it is the last word: else all is taken back. */
  readonly isFinal: boolean;
  /** What the caller had to have for it, and must have still whenever it is given again. */
  readonly demands: readonly MetDemand[];
}

/** What is kept, as JSON. Answers kept by older releases come without demands. */
type Kept<Answer> = readonly [requestId: string, answer: Answer, demands?: readonly MetDemand[]];

/** For answers that do not say what they need: the most there is. */
const maxDemanded: readonly MetDemand[] = [
  { operation: { operationName: 'unknown', access: { role: 'admin', scope: 'admin' } } },
];

/** Takes the transaction back and carries the answer out of it. */
class TakenBack extends Error {
  override readonly name = 'TakenBack';

  constructor(readonly answer: unknown) {
    super('an answer that is not kept');
  }
}

/**
 * Does `work` for the first request with a key, and answers every later one as that. The answer is kept by the transaction that makes the
 * change: after a crash both are there or neither. What the operations in `work` do in transactions of their own becomes part of it.
 * @throws AccessError or OperationError FORBIDDEN when a kept answer needs what the caller has lost.
 * @throws OperationError INVALID for a key that is none, IN_PROGRESS while the first is at work, KEY_REUSED when the first asked for something else.
 */
export async function once<Answer>(
  context: OperationContext,
  request: KeyedRequest,
  work: () => Promise<Outcome<Answer>>,
): Promise<Answered<Answer>> {
  const { key } = request;
  if (!/^[!-~]{1,255}$/.test(key))
    throw failure(
      'INVALID',
      'The header Idempotency-Key must have 1 to 255 visible ASCII characters and no spaces.',
      ['Idempotency-Key'],
    );
  const seal = sealOf(request);
  // Readings are shared between requests: one that waits for the connection this transaction has must not be awaited within it.
  await context.instance();
  const transaction = context.database.transaction(async (tx): Promise<Answered<Answer>> => {
    if (!(await claimKey(tx, seal.id)))
      throw failure(
        'IN_PROGRESS',
        'The first request with this Idempotency-Key is still at work: ask again in a second.',
        ['Idempotency-Key'],
      );
    const kept = await keptAnswer(tx, new Uint8Array(seal.id));
    if (kept && !seal.request.equals(kept.request))
      throw failure(
        'KEY_REUSED',
        'This Idempotency-Key came before with another request. Nothing was done: take a new key for a new request.',
        ['Idempotency-Key'],
      );
    if (kept) {
      const [requestId, answer, demands = maxDemanded] = JSON.parse(
        seal.open(kept.answer),
      ) as Kept<Answer>;
      await demandAgain(context, demands);
      return { answer, headers: { ...headersOf(key, requestId), 'idempotent-replayed': 'true' } };
    }
    const { answer, isFinal, demands } = await work();
    if (!isFinal) throw new TakenBack(answer);
    await keepAnswer(tx, new Uint8Array(seal.id), {
      request: new Uint8Array(seal.request),
      answer: new Uint8Array(
        seal.close(
          JSON.stringify([context.requestId, answer, distinct(demands)] satisfies Kept<Answer>),
        ),
      ),
    });
    return { answer, headers: headersOf(key, context.requestId) };
  }, 1);
  return transaction.catch((error: unknown) => {
    if (error instanceof TakenBack) return { answer: error.answer as Answer, headers: {} };
    throw error;
  });
}

/**
 * Whoever asks again must be allowed what was done then: a role, scope, privilege or rank may have
 * been lost since, and the answer may hold what only those show.
 * @throws AccessError, or OperationError FORBIDDEN, as the operation itself would.
 */
async function demandAgain(
  context: OperationContext,
  demands: readonly MetDemand[],
): Promise<void> {
  const { actor } = context;
  for (const demand of demands) {
    if ('operation' in demand) await demandAccess(context, demand.operation);
    else if ('part' in demand) await demandPrivilege(context, demand.privilege, demand.part);
    else if (!actor || !isAdministrator(actor)) throw failure('FORBIDDEN', demand.refusal);
  }
}

function distinct(demands: readonly MetDemand[]): MetDemand[] {
  const texts = new Set(demands.map((demand) => JSON.stringify(demand)));
  return [...texts].map((text) => JSON.parse(text) as MetDemand);
}

/** Named as by the instance (docs/instance/oauth.md#idempotency-keys). */
function headersOf(key: string, requestId: string): Record<string, string> {
  return { [keyHeader]: key, 'x-original-request-id': requestId };
}
