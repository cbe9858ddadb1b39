import type { Logger } from 'pino';
import { createAttempts } from '../auth/attempts.js';
import { createRateLimit, type RateLimit } from '../auth/rate-limit.js';
import { jobKinds } from '../federation/jobs.js';
import type { Family } from '../database/family.js';
import { sampleToken } from '../database/embedded/token.js';
import { lossSentences, onLoss } from '../database/pooler.js';
import { createStewardSchema } from '../database/steward-schema.js';
import { unreadLines } from '../instance/unread-lines.js';
import { describeSighting } from '../instance/companion.js';
import { softwareNames } from '../instance/version.js';
import { createApp } from '../server/app.js';
import type { LegacyDialect } from '../rest/dialect.js';
import { listen } from '../server/listen.js';
import { createLogger } from '../server/log.js';
import { createMetrics } from '../server/metrics.js';
import { persistedFrom } from '../server/persisted-operations.js';
import { startTraces } from '../server/traces.js';
import { settledSighting, type Runtime } from './runtime.js';

/** What the build puts beside the program. */
const stewardSql = new URL('steward.sql', import.meta.url);

/** `steward serve`: serves until SIGINT or SIGTERM, prints where, and in the embedded world a token to begin with. */
export async function serve(runtime: Runtime, print: (line: string) => void): Promise<void> {
  const { environment, database, source, isEmbedded } = runtime;
  const log = createLogger(environment.LOG_LEVEL);
  const waysIn = { adminSecret: environment.ADMIN_TOKEN, basicAuth: environment.BASIC_AUTH };
  const metrics = { counters: createMetrics(database, jobKinds), token: environment.METRICS_TOKEN };
  const traces =
    environment.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? undefined
      : await startTraces(environment.OTEL_EXPORTER_OTLP_ENDPOINT);
  const {
    TRUST_PROXY: trustedProxies,
    CORS_ORIGINS: corsOrigins,
    LEGACY_DIALECT: legacyDialect,
    INTROSPECTION: introspection,
  } = environment;
  onLoss(database.pool, (loss) => {
    log.warn(lossSentences[loss]);
  });
  const isKeeping = await makeSchema(runtime, log);
  const attempts = createAttempts(undefined, isKeeping ? database.pool : undefined);
  const app = createApp({
    database,
    source,
    waysIn,
    log,
    attempts,
    metrics,
    traces,
    trustedProxies,
    corsOrigins,
    legacyDialect,
    introspection,
    persisted: persistedFrom(environment),
    keepsAnswers: isKeeping,
    rateLimit: limitOf(runtime, isKeeping),
  });
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
  const { url, stop } = await listen(app, { host: environment.HOST, port: environment.PORT });
  const { name, baseUrl, version, unread } = await source.readInstance();
  const software = softwareNames[database.family];
  for (const line of unreadLines(unread)) log.warn(line);
  const unwatch = watchCompanion(runtime, log);
  print(
    `Steward serves ${name} (${baseUrl}, ${software} ${version}${isEmbedded ? ', embedded sample' : ''})`,
  );
  print(`  GraphQL and GraphiQL   ${url}/graphql`);
  const old = oldWay(legacyDialect, database.family);
  print(`  REST, as ${old.padEnd(14)}${url}/api/pleroma/admin`);
  print(`  REST, as ${software.padEnd(14)}${url}/api/v1/pleroma/admin`);
  if (isEmbedded) {
    const { token, nickname } = await sampleToken(database);
    print(`  Token of the admin @${nickname}: ${token}`);
  }
  await told;
  unwatch();
  await stop();
  await traces?.stop();
}

/** The log says whether the instance has the companion module, and what is lost without it. */
function watchCompanion({ environment, companion, isEmbedded }: Runtime, log: Logger): () => void {
  if (companion) return companion.watch(log);
  log.info(describeSighting(settledSighting(environment, isEmbedded)));
  return () => undefined;
}

/** Whose answers the old prefix gives, for the banner. */
function oldWay(legacyDialect: LegacyDialect, family: Family): string {
  if (legacyDialect === 'documents') return 'documented';
  if (legacyDialect === 'akkoma' || family === 'pleroma') return softwareNames[family];
  return 'who asks';
}

/** Makes the schema `steward` where it is asked for; the log says where wrong guesses are counted. */
async function makeSchema({ environment, database }: Runtime, log: Logger): Promise<boolean> {
  if (!environment.STEWARD_SCHEMA) {
    log.info(
      'wrong guesses are counted in this process alone; STEWARD_SCHEMA=on counts those of several together',
    );
    return false;
  }
  const isThere = await createStewardSchema(database.pool, stewardSql);
  if (isThere)
    log.info('wrong guesses are counted in the schema steward, by all processes together');
  else
    log.warn(
      'the database takes no writes now, and the schema steward is missing: until the next start each process counts for itself, and no answer is kept for an Idempotency-Key',
    );
  return isThere;
}

/** The limit on requests, counted where the guesses are. */
function limitOf(
  { environment: { RATE_LIMIT }, database }: Runtime,
  isKeeping: boolean,
): RateLimit | undefined {
  return RATE_LIMIT === undefined
    ? undefined
    : createRateLimit(RATE_LIMIT, isKeeping ? database.pool : undefined);
}
