import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { compare } from './compare.js';
import { databaseOf } from './databases.js';
import { measureGrowth } from './growth.js';
import { readOptions, usage, type Options } from './options.js';
import { startCluster, type Cluster } from './postgres.js';
import { printComparison, summary } from './print.js';
import { printGrowth } from './print-growth.js';
import { measureStart, printStart } from './start.js';
import { countingSettings, countStatements, printStatements } from './statements.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const data = new URL('../.data/cluster/', import.meta.url);
const words = process.argv.slice(2);

if (words.includes('--help')) print(usage);
else await run(readOptions(words));

async function run(options: Options): Promise<void> {
  const results: Record<string, unknown> = {
    machine: {
      node: process.version,
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      memory: Math.round(totalmem() / 2 ** 30),
    },
    options,
  };
  const wants = (part: Options['parts'][number]): boolean => options.parts.includes(part);
  await withCluster({}, async (cluster) => {
    if (wants('comparison')) {
      const figures = await compare(options, await comparedDatabase(cluster, options), print);
      printComparison(figures, print);
      results['comparison'] = summary(figures);
      results['rounds'] = figures;
    }
    if (wants('start')) {
      const starts = await measureStart(options, await comparedDatabase(cluster, options), print);
      printStart(starts, print);
      results['start'] = starts;
    }
    if (wants('growth')) {
      const growth = await measureGrowth(options, cluster, print);
      printGrowth(growth, print);
      results['growth'] = growth;
    }
  });
  if (wants('statements')) {
    await withCluster(countingSettings, async (cluster) => {
      const counts = await countStatements(
        options.servers,
        options.only,
        await comparedDatabase(cluster, options),
        cluster.url('postgres'),
      );
      printStatements(counts, print);
      results['statements'] = counts;
    });
  }
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

function comparedDatabase(cluster: Cluster, { users }: Options): Promise<string> {
  print(`Building or finding ${users.toLocaleString('en')} accounts …`);
  return databaseOf(cluster, { users, activities: 500_000, logRows: 200_000 });
}

async function withCluster(
  settings: Readonly<Record<string, string>>,
  work: (cluster: Cluster) => Promise<void>,
): Promise<void> {
  const cluster = await startCluster(data, settings);
  try {
    await work(cluster);
  } finally {
    await cluster.stop();
  }
}
