import { ask } from './ask.js';
import type { HttpRequest } from './load.js';
import { runStatements, withClient } from './postgres.js';
import { doorOf, withServers, type RunningServer, type ServerName } from './servers.js';
import { graphql, resetTags, userFields, workloads, type WorkloadName } from './workloads.js';

/** Settings the cluster must run with; they cost a little, so nothing else is measured under them. */
export const countingSettings = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'top',
} as const;

/** What a server sent to the database, as PostgreSQL counted it, transaction statements included. */
export interface StatementCount {
  readonly server: ServerName;
  /** `a, counted`: the page of users with `totalCount` selected. */
  readonly question: WorkloadName | 'a, counted';
  /** Per request. */
  readonly statements: number;
  readonly texts: readonly { readonly text: string; readonly perRequest: number }[];
}

/** Enough that what is read once a second, like the settings of the instance, shows as a fraction. */
const requests = 20;
const longestText = 200;
const counted = graphql(
  `query Counted { users(first: 50) { totalCount nodes { ${userFields} } } }`,
);

/** Counts, for every server and workload, over requests one after the other. */
export function countStatements(
  names: readonly ServerName[],
  only: readonly WorkloadName[],
  database: string,
  home: string,
): Promise<StatementCount[]> {
  return withServers(names, database, async (servers) => {
    await runStatements(home, ['create extension if not exists pg_stat_statements']);
    const counts: StatementCount[] = [];
    for (const [server, running] of servers) {
      for (const workload of only) {
        if (workload === 'd') await runStatements(database, resetTags);
        counts.push(
          await countOne(
            server,
            running,
            workload,
            workloads[workload].requests[doorOf(server)],
            database,
            home,
          ),
        );
      }
      if (server === 'steward' && only.includes('a'))
        counts.push(await countOne(server, running, 'a, counted', [counted], database, home));
    }
    return counts;
  });
}

async function countOne(
  server: ServerName,
  { port }: RunningServer,
  question: StatementCount['question'],
  all: readonly HttpRequest[],
  database: string,
  home: string,
): Promise<StatementCount> {
  const send = async (from: number, many: number): Promise<void> => {
    for (let index = from; index < from + many; index += 1) {
      const request = all[index % all.length];
      if (request) await ask(port, request);
    }
  };
  await send(0, requests); // prepares the statements
  await runStatements(home, ['select pg_stat_statements_reset()']);
  await send(requests, requests);
  const rows = await withClient(
    home,
    async (client) =>
      (
        await client.query<{ text: string; calls: number }>(
          `select regexp_replace(s.query, '\\s+', ' ', 'g') as text, s.calls::float8 as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
     where d.datname = $1 order by s.calls desc, 1`,
          [new URL(database).pathname.slice(1)],
        )
      ).rows,
  );
  const texts = rows.map(({ text, calls }) => ({
    text: text.slice(0, longestText),
    perRequest: calls / requests,
  }));
  return {
    server,
    question,
    statements: texts.reduce((sum, { perRequest }) => sum + perRequest, 0),
    texts,
  };
}

/** The counts as one table. */
export function printStatements(
  counts: readonly StatementCount[],
  print: (line: string) => void,
): void {
  const questions = [...new Set(counts.map(({ question }) => question))];
  print(
    '\nSQL statements per request, counted by PostgreSQL; the look-up of the token is one of them',
  );
  print(`  ${''.padEnd(13)}${questions.map((question) => question.padStart(12)).join('')}`);
  for (const server of new Set(counts.map((one) => one.server))) {
    const cells = questions.map(
      (question) =>
        counts
          .find((one) => one.server === server && one.question === question)
          ?.statements.toFixed(2) ?? '',
    );
    print(`  ${server.padEnd(13)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
}
