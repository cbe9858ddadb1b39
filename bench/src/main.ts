import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { compare } from './compare.js';
import { readOptions, usage } from './options.js';
import { databaseOf } from './databases.js';
import { startCluster } from './postgres.js';
import { printComparison, summary } from './print.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const words = process.argv.slice(2);

if (words.includes('--help')) print(usage);
else await run();

async function run(): Promise<void> {
  const options = readOptions(words);
  const cluster = await startCluster(new URL('../.data/cluster/', import.meta.url));
  const results: Record<string, unknown> = { machine: { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memory: Math.round(totalmem() / 2 ** 30) }, options };
  try {
    print(`Building or finding ${String(options.users)} accounts …`);
    const url = await databaseOf(cluster, { users: options.users, activities: 500_000, logRows: 200_000 });
    const figures = await compare(options, url, print);
    printComparison(figures, print);
    results['comparison'] = summary(figures);
    results['rounds'] = figures;
  } finally {
    await cluster.stop();
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}
