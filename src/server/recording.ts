import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { doorOf } from './door.js';
import type { Metrics } from './metrics.js';
import { openRecord, requestIdHeader, type RequestRecord } from './request-record.js';
import type { Traces } from './traces.js';

interface Recorders {
  readonly log: Logger;
  readonly counters: Metrics | undefined;
  readonly traces: Traces | undefined;
  readonly addressOf: (request: IncomingMessage) => string;
}

/** Answers a request whose record is open. */
export type RecordedListener = (
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
) => void;

/**
 * Keeps a record of every request, and once it is answered writes its line in the log, its figures and its trace. The line holds the path
 * without the query, and no header and nothing of a body: those carry secrets, addresses and what people wrote.
 */
export function recording(
  listener: RecordedListener,
  { log, counters, traces, addressOf }: Recorders,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { url = '', method = '', headers } = request;
    const given = headers[requestIdHeader];
    const record = openRecord(typeof given === 'string' ? given : undefined, addressOf(request)); // a socket that has closed has no address
    const { startedAt, requestId, address, operations } = record;
    const path = url.split('?', 1)[0] ?? '';
    const door = doorOf(path);
    const level = door === 'health' ? 'debug' : 'info';
    response.once('close', () => {
      const endedAt = performance.now();
      const { statusCode: status, writableFinished: isAnswered } = response;
      if (log.isLevelEnabled(level)) {
        log[level](
          {
            requestId,
            door,
            method,
            path,
            status,
            ms: Math.round(endedAt - startedAt),
            operations: operations.map(({ name }) => name),
            actor: record.actor,
            address,
            ...(isAnswered ? {} : { isAborted: true }),
          },
          'request',
        );
      }
      counters?.request(record, door, status, (endedAt - startedAt) / 1_000);
      traces?.request({ record, door, status, endedAt, method, parent: headers['traceparent'] });
    });
    listener(request, response, record);
  };
}
