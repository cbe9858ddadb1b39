import type { IncomingMessage, ServerResponse } from 'node:http';
import { graphqlHeaders } from './headers.js';
import type { RecordedListener } from './recording.js';
import { IncomingHead } from './request-head.js';
import { requestIdHeader } from './request-record.js';
import { isShort, type ShortPath } from './short-path.js';

interface FrontDependencies {
  readonly shortPath: ShortPath;
  /** Whatever is not short. */
  readonly longWay: RecordedListener;
  /** Bytes of a body at most; longer ones, and those of unknown length, are the long way's to refuse. */
  readonly maxBodySize: number;
  /** Whether pages of other origins may read answers: what a page asks then goes the long way, where the headers for it are. */
  readonly sharesWithOrigins: boolean;
}

/** The listener of the HTTP server: lets short requests through on the short path, sends all others the long way. */
export function createFront({
  shortPath,
  longWay,
  maxBodySize,
  sharesWithOrigins,
}: FrontDependencies): RecordedListener {
  const serve = async (
    head: IncomingHead,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> => {
    const { status, headers, body } = await shortPath(head, await bodyOf(incoming));
    outgoing.writeHead(status, {
      ...graphqlHeaders,
      ...headers,
      [requestIdHeader]: head.record.requestId,
      'content-length': Buffer.byteLength(body),
    });
    outgoing.end(body);
  };
  return (incoming, outgoing, record) => {
    const length = Number(incoming.headers['content-length'] ?? NaN);
    const isFromPage = sharesWithOrigins && incoming.headers.origin !== undefined;
    const head =
      incoming.url === '/graphql' && length <= maxBodySize && !isFromPage
        ? new IncomingHead(incoming, record)
        : undefined;
    if (!head || !isShort(head)) {
      longWay(incoming, outgoing, record);
      return;
    }
    // The caller went away while sending; there is nobody to answer.
    serve(head, incoming, outgoing).catch(() => {
      outgoing.destroy();
    });
  };
}

function bodyOf(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => {
      resolve(
        (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8'),
      );
    });
    incoming.once('error', reject);
    incoming.once('aborted', () => {
      reject(new Error('aborted'));
    });
  });
}
