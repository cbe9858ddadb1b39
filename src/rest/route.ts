import type { z } from 'zod';
import { demandAccess } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import type { OptionalParts } from '../database/family.js';
import type { Operation } from '../resolvers/operation.js';
import { refuseUnfitInput, wholeRequests } from '../resolvers/input-rules.js';
import type { Dialect } from './dialect.js';
import { typeFault } from './parameters.js';
import type { Parameters } from './request.js';

/** What a handler gets: the caller's context and the parameters after the route's rules. */
export interface RestRequest<Input> {
  readonly context: OperationContext;
  readonly dialect: Dialect;
  /** AdminFE asks, which can't bear every answer Akkoma gives. */
  readonly isAdminFe: boolean;
  /** Asked below the old prefix, in whichever dialect it answers. */
  readonly isOldPrefix: boolean;
  readonly input: Input;
}

/** A JSON answer; `body: undefined` is an empty one (204). */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request brings before the route's rules: from the path, the query and the body. */
export interface RawParameters {
  readonly path: Parameters;
  readonly query: Parameters;
  readonly body: Parameters;
  readonly isAdminFe: boolean;
  /** Asked below the old prefix; default: no. */
  readonly isOldPrefix?: boolean;
}

/** How a route's JSON is read and written, where JavaScript's numbers would lose what was sent. */
export interface JsonText {
  /** Throws for text that is no JSON. */
  readonly parse: (text: string) => unknown;
  readonly stringify: (body: unknown) => string;
}

/** What a route answers when it succeeds: one schema for both dialects, or one for each. Empty answers (204) are `nothing`. */
export type Answers = z.ZodType | Readonly<Record<Dialect, z.ZodType>>;

/** One row of the route table. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the dialect's prefix, e.g. `/users/:nickname`. */
  readonly path: string;
  readonly dialects: readonly Dialect[];
  readonly summary: string;
  /** What the instance's database must have; elsewhere there is no such route, as on the instance. */
  readonly standsOn?: keyof OptionalParts;
  /** The documents promise `{"error": …}` for some of their own routes; the others answer bare texts there. */
  readonly failsWith?: 'object';
  /** The operation behind it: its access rule is the route's. */
  readonly operation: Pick<Operation<never, unknown>, 'operationName' | 'access'>;
  readonly input: z.ZodType;
  /** What the OpenAPI document says of the parameters where `input` itself is wider or narrower than a caller should know. */
  readonly documentedInput?: z.ZodType;
  /** The body of a success, for the OpenAPI document; a test holds what is really answered against it. */
  readonly answers: Answers;
  /** Bodies of refusals that are not those of every route, by status. */
  readonly refusals?: Readonly<Record<number, z.ZodType>>;
  /** Parameters of a call that succeeds in the world of test/support/example-world.ts; the test of the OpenAPI document makes it. */
  readonly example: Parameters;
  /** Status of a success; default: 200. */
  readonly status?: number;
  /** Default: `JSON`. */
  readonly json?: JsonText;
  readonly answer: (
    context: OperationContext,
    dialect: Dialect,
    raw: RawParameters,
  ) => Promise<RestAnswer>;
}

interface Definition<Input> extends Omit<Route, 'dialects' | 'input' | 'answer'> {
  readonly dialects?: readonly Dialect[];
  readonly input: z.ZodType<Input>;
  /** Where parameters are taken from when not all of them count; default: query, body and path, the later ones stronger. */
  readonly from?: (raw: RawParameters, dialect: Dialect) => Parameters;
  /**
   * Without these Akkoma has no action to run (docs/documented-api.md#errors); the v1 dialect
   * answers that in its words.
   */
  readonly needs?: readonly string[];
  /** Calls the operation and answers its result as JSON. */
  readonly run: (request: RestRequest<Input>) => Promise<unknown>;
  /** Besides the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The parameters break the route's rules. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';

  constructor(readonly issues: readonly z.core.$ZodIssue[]) {
    super('parameters break the rules of the route');
  }
}

/** An answer thrown because the operation refused and the route has words of its own for it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly answer: RestAnswer) {
    super('refused');
  }
}

/** Akkoma has no action for requests that lack what its action takes, and answers this. */
export const noAction: RestAnswer = {
  status: 400,
  body: { errors: { detail: 'Internal server error' } },
};

const everywhere = (raw: RawParameters): Parameters => ({ ...raw.query, ...raw.body, ...raw.path });

/** Akkoma takes what changes something from the body alone; the documents' generation took it from wherever it stood. */
export const fromBody = (raw: RawParameters, dialect: Dialect): Parameters =>
  dialect === 'v1' ? { ...raw.body, ...raw.path } : everywhere(raw);

/**
 * Declares a route: parse, call the operation, serialize; nothing else. Who may not call it learns that before anything about the
 * parameters, as from the instance (docs/instance/oauth.md#order-of-checks).
 */
export function route<Input>({
  dialects = ['legacy', 'v1'],
  from = everywhere,
  needs = [],
  input,
  run,
  status = 200,
  headers = {},
  ...rest
}: Definition<Input>): Route {
  return {
    ...rest,
    dialects,
    input,
    status,
    answer: async (context, dialect, raw) => {
      await demandAccess(context, rest.operation);
      const given = from(raw, dialect);
      if (dialect === 'v1' && needs.some((name) => given[name] === undefined))
        throw new Refusal(noAction);
      refuseUnfitInput(given, wholeRequests);
      const parsed = input.safeParse(given, { reportInput: true, error: typeFault });
      if (!parsed.success) throw new ParameterError(parsed.error.issues);
      return {
        status,
        body: await run({
          context,
          dialect,
          isAdminFe: raw.isAdminFe,
          isOldPrefix: raw.isOldPrefix ?? false,
          input: parsed.data,
        }),
        headers,
      };
    },
  };
}
