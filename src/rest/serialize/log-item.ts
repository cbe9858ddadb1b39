import { textOf, type JsonObject } from '../../database/json.js';
import type { LogRow } from '../../database/moderation-log.js';
import { logSentence } from '../../resolvers/moderation-log/sentence.js';

/**
 * An entry of the moderation log; its sentence is made anew from the data, as the instance does
 * (docs/instance/moderation.md#listing-the-log).
 */
export function logItem({ id, data, insertedAt }: LogRow): Record<string, unknown> {
  return { id: Number(id), data, time: insertedAt.getTime() / 1000, message: messageOf(data) };
}

/**
 * The same as the documents show it: the message begins with the time, in UTC, and a response to a report is called one, though the row
 * holds it as a note for the instance's sake (docs/instance/moderation.md#actions-and-sentences).
 */
export function documentedLogItem(row: LogRow): Record<string, unknown> {
  const data = row.data['steward_action'] === 'report_response' ? { ...row.data, action: 'report_response' } : row.data;
  const time = row.insertedAt.toISOString().slice(0, 19).replace('T', ' ');
  return { ...logItem({ ...row, data }), message: `[${time}] ${messageOf(data)}` };
}

function messageOf(data: JsonObject): string {
  return logSentence(data) ?? textOf(data['message']) ?? '';
}
