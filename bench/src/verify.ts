import { isDeepStrictEqual } from 'node:util';
import { ask } from './ask.js';
import { runStatements } from './postgres.js';
import { doorOf, type RunningServer, type ServerName } from './servers.js';
import { resetTags, workloads, type WorkloadName } from './workloads.js';

/**
 * Asks every server the same and compares what they answer with the floor's answer; REST, whose form is another, must only succeed.
 * Without it a fast server might be one that leaves something out.
 */
export async function verify(
  servers: ReadonlyMap<ServerName, RunningServer>,
  names: readonly WorkloadName[],
  database: string,
): Promise<void> {
  for (const name of names) {
    let expected: unknown;
    for (const [server, { port }] of servers) {
      if (name === 'd') await runStatements(database, resetTags);
      const [request] = workloads[name].requests[doorOf(server)];
      if (!request) continue;
      const { status, json } = await ask(port, request);
      if (status !== 200 && status !== 204)
        throw new Error(
          `${server} answers (${name}) with ${String(status)}: ${JSON.stringify(json).slice(0, 500)}`,
        );
      if (doorOf(server) === 'rest') continue;
      const answer = withoutExtensions(json);
      expected ??= answer;
      if (!isDeepStrictEqual(answer, expected))
        throw new Error(
          `${server} answers (${name}) otherwise than the first server:\n${JSON.stringify(json).slice(0, 1_500)}\n${JSON.stringify(expected).slice(0, 1_500)}`,
        );
    }
    for (const { port } of servers.values()) await demandRefusal(port);
  }
}

/** Steward tells what an operation cost; nobody else does. */
function withoutExtensions(json: unknown): unknown {
  return Object.fromEntries(Object.entries(json as object).filter(([key]) => key !== 'extensions'));
}

/** All check the bearer token. */
async function demandRefusal(port: number): Promise<void> {
  const { status } = await ask(port, {
    method: 'POST',
    path: '/graphql',
    headers: { authorization: 'Bearer wrong' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  if (status === 200) throw new Error(`The server on port ${String(port)} lets a wrong token in.`);
}
