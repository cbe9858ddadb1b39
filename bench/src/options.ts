import { parseArgs } from 'node:util';
import { serverNames, type ServerName } from './servers.js';
import { workloadNames, type WorkloadName } from './workloads.js';

/** What to measure. */
export interface Options {
  readonly only: readonly WorkloadName[];
  readonly servers: readonly ServerName[];
  readonly rounds: number;
  /** Of each server in each round. */
  readonly seconds: number;
  readonly connections: number;
  /** File the figures are written to. */
  readonly json: string | undefined;
  /** Users in the database of the comparison. */
  readonly users: number;
}

export const usage = `npm run bench -- [options]
  --only a,b,c,d        workloads
  --servers ${serverNames.join(',')}
  --rounds 5            rounds, servers alternating
  --seconds 4           of each server in each round
  --connections 16      requests in flight
  --users 100000        accounts in the database of the comparison
  --json FILE           write the figures`;

/** Reads the words after `npm run bench --`. Throws for what it does not know. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string', default: workloadNames.join() }, servers: { type: 'string', default: serverNames.join() }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '16' }, users: { type: 'string', default: '100000' }, json: { type: 'string' },
    },
  });
  return {
    only: named(workloadNames, values.only),
    servers: named(serverNames, values.servers),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    users: Number(values.users),
    json: values.json,
  };
}

function named<Name extends string>(known: readonly Name[], given: string): Name[] {
  const words = given.split(',').filter((word) => word !== '');
  const unknown = words.filter((word) => !known.some((name) => name === word));
  if (unknown.length > 0) throw new Error(`${unknown.join()} is none of ${known.join()}`);
  return known.filter((name) => words.includes(name));
}
