import type { LogRow } from '../../database/moderation-log.js';
import { dataOf, messageOf } from '../../resolvers/moderation-log/model.js';

/**
 * An entry of the moderation log; its sentence is made anew from the data, as the instance does
 * (docs/instance/moderation.md#listing-the-log).
 */
export function logItem(row: LogRow): Record<string, unknown> {
  return {
    id: Number(row.id),
    data: dataOf(row),
    time: row.insertedAt.getTime() / 1000,
    message: messageOf(row),
  };
}

/**
 * The same as the documents show it: the message begins with the time, in UTC, and a response to a report is called one, though the row
 * holds it as a note for the instance's sake (docs/instance/moderation.md#actions-and-sentences).
 */
export function documentedLogItem(row: LogRow): Record<string, unknown> {
  const stored = dataOf(row);
  const data =
    stored['steward_action'] === 'report_response'
      ? { ...stored, action: 'report_response' }
      : stored;
  const time = row.insertedAt.toISOString().slice(0, 19).replace('T', ' ');
  return { ...logItem({ ...row, data }), message: `[${time}] ${messageOf({ data })}` };
}
