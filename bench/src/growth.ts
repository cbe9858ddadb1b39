import { ask } from './ask.js';
import { databaseOf, indexedDatabaseOf } from './databases.js';
import { spread, type Spread } from './figures.js';
import { growthQuestions, type GrowthQuestion } from './growth-questions.js';
import { putLoad, wireRequest } from './load.js';
import type { Options } from './options.js';
import type { Cluster } from './postgres.js';
import { settingsFor, startServer, type RunningServer } from './servers.js';

/** How long one question takes at each size. */
export interface Growth extends Pick<GrowthQuestion, 'what' | 'by' | 'place'> {
  readonly users: number;
  /** Whether `steward indexes --create` ran. */
  readonly indexed: boolean;
  /** Milliseconds of single requests, one after the other. */
  readonly latency: Spread;
}

interface Instance {
  readonly users: number;
  readonly indexed: boolean;
  readonly server: RunningServer;
  readonly questions: readonly GrowthQuestion[];
}

/** A slow question is asked once a round, a quick one for so long. */
const milliseconds = 200;

/**
 * Asks a Steward of every size the same, one request at a time, the sizes taking turns so that noise meets them alike; each size with the
 * instance's own indexes and with the optional ones.
 */
export async function measureGrowth(
  { sizes, rounds }: Options,
  cluster: Cluster,
  print: (line: string) => void,
): Promise<Growth[]> {
  const places = sizes.flatMap((users) =>
    [false, true].map((indexed) => ({
      users,
      indexed,
      size: { users, activities: users, logRows: users },
    })),
  );
  const databases: string[] = [];
  for (const { users, indexed, size } of places) {
    print(
      `Building or finding ${users.toLocaleString('en')} accounts${indexed ? ' with the optional indexes' : ''} …`,
    );
    databases.push(await (indexed ? indexedDatabaseOf : databaseOf)(cluster, size));
  }
  const instances: Instance[] = [];
  try {
    for (const [index, { users, indexed, size }] of places.entries()) {
      instances.push({
        users,
        indexed,
        server: await startServer('steward', settingsFor(databases[index] ?? '')),
        questions: growthQuestions(size),
      });
    }
    const growth: Growth[] = [];
    for (const index of instances[0]?.questions.keys() ?? []) {
      growth.push(...(await measureQuestion(instances, index, rounds)));
    }
    return growth;
  } finally {
    for (const { server } of instances) await server.stop();
  }
}

async function measureQuestion(
  instances: readonly Instance[],
  index: number,
  rounds: number,
): Promise<Growth[]> {
  const asked = instances.flatMap(({ questions, ...instance }) => {
    const question = questions[index];
    return question ? [{ ...instance, question, latencies: [] as number[] }] : [];
  });
  for (const { server, question } of asked) await check(server, question);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { server, question, latencies } of asked)
      latencies.push(
        ...(await putLoad(server.port, [wireRequest(question.request)], 1, milliseconds)).latencies,
      );
  }
  return asked.map(({ users, indexed, question: { what, by, place }, latencies }) => ({
    what,
    by,
    place,
    users,
    indexed,
    latency: spread(latencies),
  }));
}

/** The answer must have as many items as there are; asking thrice warms the server and the database. */
async function check(
  { port }: RunningServer,
  { what, by, place, request, items }: GrowthQuestion,
): Promise<void> {
  for (let time = 1; time <= 3; time += 1) {
    const { status, json } = await ask(port, request);
    const list = listIn(json);
    if (status !== 200 || list?.length !== items)
      throw new Error(
        `${what}, ${place} page by ${by}: ${String(status)} with ${String(list?.length)} items instead of ${String(items)}: ${JSON.stringify(json).slice(0, 500)}`,
      );
  }
}

/** The first list within an answer. */
function listIn(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json as readonly unknown[];
  if (typeof json !== 'object' || json === null || 'errors' in json) return undefined;
  for (const value of Object.values(json)) {
    const list = listIn(value);
    if (list) return list;
  }
  return undefined;
}
