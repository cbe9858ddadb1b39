import {
  demandAccess,
  isBarred,
  mayCall,
  type Access,
  type Bar,
  type Guarded,
} from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';
import { codeOf } from './error-code.js';
import { refuseUnfitInput, type InputLimits } from './input-rules.js';

/** A plain function behind its access rule; all doors call this. `access` is data so that docs and test matrices can read it. */
export interface Operation<Input, Output> {
  (context: OperationContext, input: Input): Promise<Output>;
  readonly operationName: string;
  readonly access: Access;
  readonly bar: Bar | undefined;
}

const declared = new Map<string, Guarded>();

/** Every operation declared so far, by name. */
export function declaredOperations(): ReadonlyMap<string, Guarded> {
  return declared;
}

/** Whether the caller may call the operation of this name; false for a name of none. */
export async function mayCallByName(context: OperationContext, name: string): Promise<boolean> {
  const guarded = declared.get(name);
  return guarded !== undefined && (await mayCall(context, guarded));
}

interface Definition<Input, Output> {
  readonly name: string;
  readonly access: Access;
  /** Kinds of callers it refuses with FORBIDDEN, as data like `access`. */
  readonly bar?: Bar;
  /** Where more than the usual is to be expected: settings, and what the instance lets people write. */
  readonly limits?: Partial<InputLimits>;
  /** Called only after the access rule let the caller pass. Throws `OperationError` for every expected failure, having changed nothing. */
  readonly run: (context: OperationContext, input: Input) => Promise<Output>;
}

/**
 * Declares an operation. Every call first demands role, privilege and scope, on every door alike.
 * @throws AccessError from the operation when the caller may not call it at all.
 */
export function operation<Input, Output>({
  name,
  access,
  bar,
  limits,
  run,
}: Definition<Input, Output>): Operation<Input, Output> {
  const guarded: Guarded = { operationName: name, access, bar };
  declared.set(name, guarded);
  const call = async (context: OperationContext, input: Input): Promise<Output> => {
    const actor = await demandAccess(context, guarded);
    refuseUnfitInput(input, limits);
    if (bar && isBarred(actor, bar)) throw failure('FORBIDDEN', bar.refusal);
    return run(context, input);
  };
  return Object.assign(
    (context: OperationContext, input: Input) =>
      observed(context, name, () => call(context, input)),
    { operationName: name, access, bar },
  );
}

async function observed<Output>(
  { observer }: OperationContext,
  name: string,
  call: () => Promise<Output>,
): Promise<Output> {
  if (!observer) return call();
  const startedAt = performance.now();
  try {
    const output = await call();
    observer(name, startedAt, undefined);
    return output;
  } catch (error) {
    observer(name, startedAt, codeOf(error));
    throw error;
  }
}
