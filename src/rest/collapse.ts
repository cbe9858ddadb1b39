import type { OperationContext } from '../context.js';
import { sharingInTurn } from '../turn.js';
import type { Dialect } from './dialect.js';
import { encoded, written, type SentAnswer, type WrittenAnswer } from './respond.js';
import type { RawParameters, Route } from './route.js';

/** Calls a route for somebody and writes its answer. Throws what the route throws. */
export type Answer = (
  route: Route,
  context: OperationContext,
  dialect: Dialect,
  raw: RawParameters,
) => Promise<SentAnswer>;

/**
 * Request collapsing: what one caller asks alike in one turn, as a dashboard open in many places does, is read and written once. Only what reads:
 * some of the documents' GETs change something, and each of those is a deed of its own.
 */
export function collapsing(): Answer {
  const share = sharingInTurn<SentAnswer, OperationContext>();
  return (route, context, dialect, raw) => {
    const answer = async (asker: OperationContext): Promise<WrittenAnswer> =>
      written(await route.answer(asker, dialect, raw), route.json);
    if (route.method !== 'GET' || !route.operation.access.scope.startsWith('admin:read'))
      return answer(context);
    return share(
      JSON.stringify([dialect, route.path, raw, context.actor]),
      context,
      async (askers) => {
        if (askers.length === 1) return answer(context);
        return encoded(
          await answer({
            ...context,
            observer: (...told) => {
              for (const { observer } of askers) observer?.(...told);
            },
          }),
        );
      },
    );
  };
}
