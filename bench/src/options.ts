import { parseArgs } from 'node:util';
import { serverNames, type ServerName } from './servers.js';
import { workloadNames, type WorkloadName } from './workloads.js';

export const partNames = ['comparison', 'statements', 'growth', 'start'] as const;
export type PartName = (typeof partNames)[number];

/** What to measure. */
export interface Options {
  readonly parts: readonly PartName[];
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
  /** Users in the databases of the growth table. */
  readonly sizes: readonly number[];
}

export const usage = `npm run bench -- [options]
  --comparison          the servers against each other        \\ these two when
  --statements          SQL statements per request            / none is named
  --growth              lists at 10,000 to 1,000,000 accounts, by cursor and by offset
  --start               start, memory, and the embedded database
  --all                 all of them
  --only a,b,c,d        workloads
  --servers ${serverNames.join(',')}
  --rounds 5            rounds, servers alternating
  --seconds 4           of each server in each round
  --connections 16      requests in flight
  --users 100000        accounts in the database of the comparison
  --sizes 10000,100000,1000000   accounts in the databases of the growth table
  --json FILE           write the figures`;

/** Reads the words after `npm run bench --`. Throws for what it does not know. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string', default: workloadNames.join() },
      servers: { type: 'string', default: serverNames.join() },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      comparison: { type: 'boolean' },
      statements: { type: 'boolean' },
      growth: { type: 'boolean' },
      start: { type: 'boolean' },
      all: { type: 'boolean' },
      sizes: { type: 'string', default: '10000,100000,1000000' },
      connections: { type: 'string', default: '16' },
      users: { type: 'string', default: '100000' },
      json: { type: 'string' },
    },
  });
  const asked = partNames.filter((name) => values.all === true || values[name] === true);
  return {
    parts: asked.length > 0 ? asked : ['comparison', 'statements'],
    only: named(workloadNames, values.only),
    servers: named(serverNames, values.servers),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    users: Number(values.users),
    sizes: values.sizes.split(',').map(Number),
    json: values.json,
  };
}

function named<Name extends string>(known: readonly Name[], given: string): Name[] {
  const words = given.split(',').filter((word) => word !== '');
  const unknown = words.filter((word) => !known.some((name) => name === word));
  if (unknown.length > 0) throw new Error(`${unknown.join()} is none of ${known.join()}`);
  return known.filter((name) => words.includes(name));
}
