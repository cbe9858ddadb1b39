import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { outageOf } from '../../src/database/unreachable.js';
import { engineName } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

describe.runIf(engineName === 'postgres')(
  'a connection that is reset, without a word of PostgreSQL',
  () => {
    const sockets: Socket[] = [];
    const proxy = createServer((socket) => {
      const { hostname, port } = new URL(world.databaseUrl ?? '');
      const onward = connect(Number(port), hostname);
      socket.pipe(onward).pipe(socket);
      for (const end of [socket, onward])
        end.on('error', () => {
          onward.destroy();
        });
      sockets.push(socket);
    });
    beforeAll(() => new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve)));
    afterAll(() => new Promise((resolve) => proxy.close(resolve)));

    const works: Readonly<Record<string, (database: Database) => Promise<unknown>>> = {
      'a statement of pg': ({ pool }) => pool.query('select pg_sleep(30)'),
      'a raw query of Prisma': ({ prisma }) => prisma.$queryRaw`select pg_sleep(30)::text`,
      'a raw query in a transaction': ({ prisma }) =>
        prisma.$transaction((tx) => tx.$queryRaw`select pg_sleep(30)::text`),
      'a query of Prisma': async ({ prisma }) => {
        for (;;) await prisma.user.findFirst({ select: { id: true } });
      },
    };

    it.each(Object.entries(works))(
      'amid %s is the database being out of reach',
      async (_name, work) => {
        const url = new URL(world.databaseUrl ?? '');
        url.port = String((proxy.address() as AddressInfo).port);
        const database = await openDatabase(postgresPool(url.href, 2));
        const failure = work(database).catch((error: unknown) => error);
        await pause(300);
        for (const socket of sockets.splice(0)) socket.resetAndDestroy();
        expect(outageOf(await failure)).toBe('The database cannot be reached now.');
        await database.close();
      },
    );

    const broken: Readonly<Record<string, (client: Client) => void>> = {
      'that was closed': (client) => void client.end(),
      'whose socket is gone': (client) => {
        (
          client as unknown as { readonly connection: { readonly stream: Socket } }
        ).connection.stream.destroy();
      },
    };

    it.each(Object.entries(broken))(
      'so is what is asked on a connection %s',
      async (_name, breakIt) => {
        const client = new Client({ connectionString: world.databaseUrl });
        client.on('error', () => undefined);
        await client.connect();
        breakIt(client);
        expect(outageOf(await client.query('select 1').catch((error: unknown) => error))).toBe(
          'The database cannot be reached now.',
        );
      },
    );
  },
);
