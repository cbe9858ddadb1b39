import { connect } from 'node:net';

/** A request as it goes over the wire. */
export type WireRequest = Buffer;

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What a time under load gave. */
export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: Float64Array;
}

/** The bytes of a keep-alive request. */
export function wireRequest({ method, path, headers = {}, body = '' }: HttpRequest): WireRequest {
  const all = { host: '127.0.0.1', connection: 'keep-alive', ...headers, ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }) };
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
}

/**
 * Keeps `connections` requests in flight for `milliseconds`, each connection sending its next request when the answer to the last one is
 * complete. A hand-written client on sockets: on a machine of few cores the load must cost far less than what it measures.
 */
export async function putLoad(port: number, requests: readonly WireRequest[], connections: number, milliseconds: number): Promise<LoadResult> {
  const latencies: number[] = [];
  let [sent, failures] = [0, 0];
  const begin = performance.now();
  const end = begin + milliseconds;
  const next = (): WireRequest => requests[sent++ % requests.length] ?? Buffer.alloc(0);
  await Promise.all(Array.from({ length: connections }, () => converse(port, next, (latency, isFine) => {
    latencies.push(latency);
    if (!isFine) failures += 1;
    return performance.now() < end;
  })));
  return { requests: latencies.length, failures, seconds: (performance.now() - begin) / 1_000, latencies: Float64Array.from(latencies).sort() };
}

function converse(port: number, next: () => WireRequest, answered: (latency: number, isFine: boolean) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = '';
    let since = 0;
    const send = (): void => {
      received = '';
      since = performance.now();
      socket.write(next());
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isComplete(received)) return;
      if (answered(performance.now() - since, / 20[04] /.test(received.slice(0, 16)))) send();
      else {
        socket.end();
        resolve();
      }
    });
  });
}

function isComplete(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head));
  if (length) return text.length >= head + 4 + Number(length[1]);
  return text.startsWith('HTTP/1.1 204') || text.endsWith('0\r\n\r\n');
}
