import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.js';

/** A listening server and how to stop it. */
export interface Listening {
  readonly url: string;
  /** Takes no new connections, lets running requests finish for up to eight seconds, the last of each connection, then closes. */
  readonly stop: () => Promise<void>;
}

const patience = 8_000;

/** A head or a whole request that takes longer is closed (facts/security.md S22): Node's own limits are a minute and more, looked at twice a minute. */
const slowest = { headersTimeout: 10_000, requestTimeout: 13_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 };

/** Listens on host and port (0 = any free one). */
export function listen(app: App, { host, port }: { readonly host: string; readonly port: number }): Promise<Listening> {
  const running = new Set<ServerResponse>();
  const server = createServer(slowest, (incoming, outgoing) => {
    if (!server.listening) closeAfter(outgoing);
    running.add(outgoing);
    outgoing.once('close', () => running.delete(outgoing));
    app.handle(incoming, outgoing);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: bound } = server.address() as AddressInfo;
      resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${String(bound)}`, stop: () => stop(server, running) });
    });
  });
}

/** Callers who keep connections would go on asking on them until they are cut, amid a request. */
function closeAfter(outgoing: ServerResponse): void {
  if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
}

function stop(server: Server, running: Iterable<ServerResponse>): Promise<void> {
  for (const outgoing of running) closeAfter(outgoing);
  return new Promise((resolve) => {
    const timer = setTimeout(() => { server.closeAllConnections(); }, patience);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
