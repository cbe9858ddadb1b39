import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { App } from './app.js';

/** A listening server and how to stop it. */
export interface Listening {
  readonly url: string;
  /** Takes no new connections, lets running requests finish for up to eight seconds, the last of each connection, then closes. */
  readonly stop: () => Promise<void>;
}

const patience = 8_000;

/**
 * A head or a whole request that takes longer is closed (docs/security-checklist.md#s22): Node's
 * own limits are a minute and more, looked at twice a minute.
 */
const slowest = {
  headersTimeout: 10_000,
  requestTimeout: 13_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
};

/**
 * The open connections, each with the last answer it waits for. By connection, for those stay: what comes and goes in a Set or a Map with every
 * request lives until V8's next full collection, because each table it was rehashed from holds what was in it, and the next table.
 */
type Waiting = Map<Socket, ServerResponse | undefined>;

/** Listens on host and port (0 = any free one). */
export function listen(
  app: App,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const waiting: Waiting = new Map();
  const server = createServer(slowest, (incoming, outgoing) => {
    const { socket } = incoming;
    if (!server.listening) closeAfter(outgoing);
    waiting.set(socket, outgoing);
    outgoing.once('close', () => {
      if (waiting.get(socket) === outgoing) waiting.set(socket, undefined);
    });
    app.handle(incoming, outgoing);
  });
  server.on('connection', (socket) => {
    waiting.set(socket, undefined);
    socket.once('close', () => waiting.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: bound } = server.address() as AddressInfo;
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${String(bound)}`,
        stop: () => stop(server, waiting),
      });
    });
  });
}

/** Callers who keep connections would go on asking on them until they are cut, amid a request. */
function closeAfter(outgoing: ServerResponse): void {
  if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
}

function stop(server: Server, waiting: Waiting): Promise<void> {
  for (const outgoing of waiting.values()) if (outgoing) closeAfter(outgoing);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, patience);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
