import { setTimeout as pause } from 'node:timers/promises';
import { figuresOf, type Figures } from './figures.js';
import { putLoad, wireRequest, type LoadResult } from './load.js';
import type { Options } from './options.js';
import { runStatements } from './postgres.js';
import { doorOf, withServers, type RunningServer, type ServerName } from './servers.js';
import { verify } from './verify.js';
import { resetTags, workloads, type WorkloadName } from './workloads.js';

/** Starts every server on the same database, checks that they answer alike, and lets them take turns under the same load. */
export function compare(
  options: Options,
  database: string,
  print: (line: string) => void,
): Promise<Figures[]> {
  return withServers(options.servers, database, async (servers) => {
    await verify(servers, options.only, database);
    const figures: Figures[] = [];
    for (const workload of options.only) {
      for (const [name, server] of servers) await warm(name, server, workload, options);
      for (let round = 1; round <= options.rounds; round += 1) {
        for (const [name, server] of servers) {
          await load(name, server, workload, options, warmSeconds);
          if (workload === 'd') await runStatements(database, resetTags);
          await pause(100);
          const before = server.cpu();
          const result = await load(name, server, workload, options, options.seconds);
          const after = server.cpu();
          const measured = figuresOf(
            { workload, server: name, round },
            result,
            after === undefined || before === undefined ? undefined : after - before,
            server,
          );
          figures.push(measured);
          print(
            `  (${workload}) round ${String(round)} ${name.padEnd(13)} ${measured.rps.toFixed(0).padStart(7)}/s${measured.failures > 0 ? `  ${String(measured.failures)} FAILED` : ''}`,
          );
        }
      }
    }
    return figures;
  });
}

function load(
  name: ServerName,
  { port }: RunningServer,
  workload: WorkloadName,
  { connections }: Options,
  seconds: number,
): Promise<LoadResult> {
  return putLoad(
    port,
    workloads[workload].requests[doorOf(name)].map(wireRequest),
    connections,
    seconds * 1_000,
  );
}

const warmRequests = 2_000;
const warmSeconds = 1;

/**
 * V8 compiles what runs often; a round must not measure how it does so. Nor how it does so again: while the other servers have their turns it
 * takes a process for idle, gives its memory back and with it much of the code it made, so that there is a second of load before each round.
 */
async function warm(
  name: ServerName,
  server: RunningServer,
  workload: WorkloadName,
  options: Options,
): Promise<void> {
  for (let sent = 0; sent < warmRequests;)
    sent += (await load(name, server, workload, options, 0.5)).requests;
}
