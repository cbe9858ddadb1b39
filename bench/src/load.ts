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
  const all = {
    host: '127.0.0.1',
    connection: 'keep-alive',
    ...headers,
    ...(body === ''
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  };
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n${body}`,
  );
}

/**
 * Keeps `connections` requests in flight for `milliseconds`, each connection sending its next request when the answer to the last one is
 * complete. A hand-written client on sockets: on a machine of few cores the load must cost far less than what it measures, so of an answer
 * only the head becomes text, and the bytes of its body are counted.
 */
export async function putLoad(
  port: number,
  requests: readonly WireRequest[],
  connections: number,
  milliseconds: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  let [sent, failures] = [0, 0];
  const begin = performance.now();
  const end = begin + milliseconds;
  const next = (): WireRequest => requests[sent++ % requests.length] ?? Buffer.alloc(0);
  await Promise.all(
    Array.from({ length: connections }, () =>
      converse(port, next, (latency, isFine) => {
        latencies.push(latency);
        if (!isFine) failures += 1;
        return performance.now() < end;
      }),
    ),
  );
  return {
    requests: latencies.length,
    failures,
    seconds: (performance.now() - begin) / 1_000,
    latencies: Float64Array.from(latencies).sort(),
  };
}

const readSize = 65_536;

function converse(
  port: number,
  next: () => WireRequest,
  answered: (latency: number, isFine: boolean) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = new IncomingAnswer();
    let since = 0;
    const send = (): void => {
      answer = new IncomingAnswer();
      since = performance.now();
      socket.write(next());
    };
    const read = (length: number, buffer: Uint8Array): boolean => {
      if (!answer.read(Buffer.from(buffer.buffer, buffer.byteOffset, length))) return true;
      if (answered(performance.now() - since, answer.isFine)) send();
      else {
        socket.end();
        resolve();
      }
      return true;
    };
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: Buffer.alloc(readSize), callback: read },
    });
    socket.on('connect', send);
    socket.on('error', reject);
  });
}

const maxHeadLength = 4_096;
const lastChunk = '0\r\n\r\n';

/** An answer on its way in. */
class IncomingAnswer {
  #received = 0;
  #start = '';
  /** Bytes in all; NaN = what its chunks say. */
  #length: number | undefined;
  #tail = '';

  /** @returns whether the answer is complete. */
  read(bytes: Buffer): boolean {
    this.#received += bytes.length;
    if (this.#length === undefined) {
      this.#start += bytes.toString('latin1', 0, maxHeadLength);
      this.#length = lengthOf(this.#start);
    }
    if (!Number.isNaN(this.#length))
      return this.#length !== undefined && this.#received >= this.#length;
    this.#tail = (
      this.#tail + bytes.toString('latin1', Math.max(0, bytes.length - lastChunk.length))
    ).slice(-lastChunk.length);
    return this.#tail === lastChunk;
  }

  get isFine(): boolean {
    return / 20[04] /.test(this.#start.slice(0, 16));
  }
}

/** @returns undefined while the head is incomplete; NaN without a length. */
function lengthOf(start: string): number | undefined {
  const head = start.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(start.slice(0, head))?.[1];
  return length === undefined && !start.startsWith('HTTP/1.1 204')
    ? NaN
    : head + 4 + Number(length ?? 0);
}
