import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { doorOf } from './door.js';
import type { Metrics } from './metrics.js';
import { openRecord } from './request-record.js';
import type { Traces } from './traces.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

interface Recorders {
  readonly log: Logger;
  readonly counters: Metrics | undefined;
  readonly traces: Traces | undefined;
  readonly addressOf: (request: IncomingMessage) => string;
}

/**
 * Keeps a record of every request, and once it is answered writes its line in the log, its figures and its trace. The line holds the path
 * without the query, and no header and nothing of a body: those carry secrets, addresses and what people wrote.
 */
export function recording(listener: Listener, { log, counters, traces, addressOf }: Recorders): Listener {
  return (request, response) => {
    const record = openRecord(request);
    const path = request.url?.split('?', 1)[0] ?? '';
    const door = doorOf(path);
    const address = addressOf(request); // a socket that has closed has none
    response.once('close', () => {
      const endedAt = performance.now();
      const { statusCode: status, writableFinished: isAnswered } = response;
      const { requestId = 'unknown' } = record;
      const line = { requestId, door, method: request.method, path, status, ms: Math.round(endedAt - record.startedAt), operations: record.operations.map(({ name }) => name), actor: record.actor, address, ...(isAnswered ? {} : { isAborted: true }) };
      log[door === 'health' ? 'debug' : 'info'](line, 'request');
      counters?.request(record, door, status, (endedAt - record.startedAt) / 1_000);
      traces?.request({ record, door, status, endedAt, method: request.method ?? '', parent: request.headers['traceparent'], requestId });
    });
    listener(request, response);
  };
}
