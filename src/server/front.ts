import type { IncomingMessage, ServerResponse } from 'node:http';
import { rememberAddress } from './client-address.js';
import type { RequestHead } from './request-head.js';
import { requestIdHeader, requestIdOf, withRequestId } from './request-id.js';
import { recordOf, shareRecord } from './request-record.js';
import { isShort, type ShortPath } from './short-path.js';

/** A request as node:http has it. */
class IncomingHead implements RequestHead {
  readonly method: string;
  readonly url: string;
  readonly headers: RequestHead['headers'];

  constructor(incoming: IncomingMessage) {
    this.method = incoming.method ?? 'GET';
    this.url = incoming.url ?? '/';
    this.headers = {
      get: (name) => {
        const value = incoming.headers[name.toLowerCase()];
        return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
      },
    };
  }
}

interface FrontDependencies {
  readonly shortPath: ShortPath;
  /** Whatever is not short. */
  readonly longWay: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  readonly readAddress: (incoming: IncomingMessage) => string;
  /** Bytes of a body at most; longer ones, and those of unknown length, are the long way's to refuse. */
  readonly largestBody: number;
  /** Whether pages of other origins may read answers: what a page asks then goes the long way, where the headers for it are. */
  readonly sharesWithOrigins: boolean;
}

/** The listener of the HTTP server: lets short requests through on the short path, sends all others the long way. */
export function createFront({ shortPath, longWay, readAddress, largestBody, sharesWithOrigins }: FrontDependencies): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const serve = async (head: RequestHead, requestId: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    rememberAddress(head, readAddress(incoming));
    const { status, headers, body } = await shortPath(head, await bodyOf(incoming));
    outgoing.writeHead(status, { ...headers, [requestIdHeader]: requestId, 'content-length': Buffer.byteLength(body) });
    outgoing.end(body);
  };
  return (incoming, outgoing) => {
    const length = Number(incoming.headers['content-length'] ?? NaN);
    const isFromPage = sharesWithOrigins && incoming.headers.origin !== undefined;
    const head = incoming.url === '/graphql' && length <= largestBody && !isFromPage ? new IncomingHead(incoming) : undefined;
    if (!head || !isShort(head)) {
      longWay(incoming, outgoing);
      return;
    }
    shareRecord(recordOf(incoming), head);
    const requestId = requestIdOf(head);
    // The caller went away while sending; there is nobody to answer.
    withRequestId(requestId, () => serve(head, requestId, incoming, outgoing)).catch(() => { outgoing.destroy(); });
  };
}

function bodyOf(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => { resolve((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8')); });
    incoming.once('error', reject);
    incoming.once('aborted', () => { reject(new Error('aborted')); });
  });
}
