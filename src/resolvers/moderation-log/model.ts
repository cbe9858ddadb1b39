import { objectOf, textOf, type JsonObject } from '../../database/json.js';
import type { LogRow } from '../../database/moderation-log.js';
import { logSentence } from './sentence.js';

/** What a log row says, read once for every door. Any version of the instance may have written it: nothing here throws. */

/** The row's document; an empty one when the column holds no object. */
export function dataOf({ data }: Pick<LogRow, 'data'>): JsonObject {
  return objectOf(data);
}

/** The instance's word for what was done; empty when the row has none. */
export function actionOf(row: Pick<LogRow, 'data'>): string {
  return textOf(dataOf(row)['action']) ?? '';
}

/** The sentence the instance makes of it, or else the one that was stored; empty when there is neither. */
export function messageOf(row: Pick<LogRow, 'data'>): string {
  const data = dataOf(row);
  return logSentence(data) ?? textOf(data['message']) ?? '';
}

/** Who did it, by the id and name of that time; both undefined for the `x-admin-token`. */
export function actorOf(row: Pick<LogRow, 'data'>): {
  readonly databaseId: string | undefined;
  readonly nickname: string | undefined;
} {
  const { id, nickname } = objectOf(dataOf(row)['actor']);
  return { databaseId: textOf(id), nickname: textOf(nickname) };
}
