import type {
  FieldMap,
  InputFieldBuilder,
  InputFieldMap,
  InputShapeFromFields,
  ObjectFieldBuilder,
} from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { OperationContext } from '../context.js';
import { OperationError, type Issue } from '../errors.js';
import { rehearse } from '../resolvers/dry-run.js';
import type { Effect } from '../instance/effect.js';
import { builder } from './builder.js';
import { InstanceEffect } from './effect.js';
import { MutationError } from './mutation-error.js';

type Types = typeof builder.$inferSchemaTypes;

/** What a payload is made of: the operation's result, or null with the reasons. */
export interface Payload<Result> {
  readonly errors: readonly Issue[];
  readonly result: Result | null;
  /** Null when nothing was changed. */
  readonly effect: Effect | null;
}

const MutationPayload = builder.interfaceRef<Payload<unknown>>('MutationPayload').implement({
  description: 'What every mutation answers.',
  fields: (t) => ({
    errors: t.field({
      type: [MutationError],
      nullable: false,
      description: 'Why nothing was changed; empty when all was done.',
      resolve: ({ errors }) => [...errors],
    }),
    effect: t.field({
      type: InstanceEffect,
      description:
        'How the running instance notices the change; null for a dry run and when nothing was changed.',
      resolve: ({ effect }) => effect,
    }),
  }),
});

interface Definition<Fields extends InputFieldMap, Result> {
  readonly description: string;
  readonly deprecationReason?: string;
  /** Offers `dryRun`: the operation runs in a transaction that is taken back. For operations whose every effect is a row. */
  readonly rehearsable?: boolean;
  readonly input: (t: InputFieldBuilder<Types, 'InputObject'>) => Fields;
  /** @param info for operations that read no more than the answer shows. */
  readonly run: (
    context: OperationContext,
    input: InputShapeFromFields<Fields>,
    info: GraphQLResolveInfo,
  ) => Promise<Result>;
  readonly payload: (t: ObjectFieldBuilder<Types, Payload<Result>>) => FieldMap;
}

/**
 * Adds a mutation `name(input: <Name>Input!): <Name>Payload` that calls one operation. Expected failures become data in `errors`; they
 * are plain objects because graphql-js throws whatever is an Error.
 */
export function mutation<Fields extends InputFieldMap, Result>(
  name: string,
  {
    description,
    deprecationReason,
    rehearsable = false,
    input,
    run,
    payload,
  }: Definition<Fields, Result>,
): void {
  const typeName = name.charAt(0).toUpperCase() + name.slice(1);
  const inputType = builder.inputType(`${typeName}Input`, {
    description: `Input of \`${name}\`.`,
    fields: rehearsable ? (t) => ({ ...input(t), ...dryRunField(t) }) : input,
  });
  const payloadType = builder.objectRef<Payload<Result>>(`${typeName}Payload`).implement({
    description: `Answer of \`${name}\`.`,
    interfaces: [MutationPayload],
    fields: payload,
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: payloadType,
      description,
      ...(deprecationReason === undefined ? {} : { deprecationReason }),
      args: { input: t.arg({ type: inputType, required: true, description: 'What to do.' }) },
      resolve: (_root, args, context, info) => {
        const { dryRun, ...given } = (
          args as { input: InputShapeFromFields<Fields> & { readonly dryRun?: boolean | null } }
        ).input;
        if (!rehearsable)
          return settle(context.operation, dryRun === true, () =>
            run(context.operation, (args as { input: InputShapeFromFields<Fields> }).input, info),
          );
        const work = (): Promise<Result> =>
          run(context.operation, given as InputShapeFromFields<Fields>, info);
        return settle(
          context.operation,
          dryRun === true,
          dryRun === true ? () => rehearse(context.operation, work) : work,
        );
      },
    }),
  );
}

function dryRunField(t: InputFieldBuilder<Types, 'InputObject'>) {
  return { dryRun: t.boolean({ description: 'Answers as if it were done, and writes nothing.' }) };
}

/** Mutations of one document run one after the other: what is added to the effects meanwhile is this one's. */
async function settle<Result>(
  { effects }: OperationContext,
  isDryRun: boolean,
  run: () => Promise<Result>,
): Promise<Payload<Result>> {
  const { mark } = effects;
  try {
    const result = await run();
    return { result, errors: [], effect: isDryRun ? null : effects.since(mark) };
  } catch (error) {
    if (error instanceof OperationError)
      return { result: null, errors: error.issues, effect: null };
    throw error;
  }
}
