import type { Logger } from 'pino';
import { createAttempts, type Attempts } from '../auth/attempts.js';
import { createRateLimit, type RateLimit } from '../auth/rate-limit.js';
import { sampleToken } from '../database/embedded/token.js';
import { createStewardSchema } from '../database/steward-schema.js';
import { unreadLines } from '../instance/unread-lines.js';
import { createApp } from '../server/app.js';
import { listen } from '../server/listen.js';
import { createLogger } from '../server/log.js';
import { createMetrics } from '../server/metrics.js';
import { persistedFrom } from '../server/persisted-operations.js';
import { startTraces } from '../server/traces.js';
import type { Runtime } from './runtime.js';

/** What the build puts beside the program. */
const stewardSql = new URL('steward.sql', import.meta.url);

/** `steward serve`: serves until SIGINT or SIGTERM, prints where, and in the embedded world a token to begin with. */
export async function serve(runtime: Runtime, print: (line: string) => void): Promise<void> {
  const { environment, database, source, isEmbedded } = runtime;
  const log = createLogger(environment.LOG_LEVEL);
  const waysIn = { adminSecret: environment.ADMIN_TOKEN, basicAuth: environment.BASIC_AUTH };
  const metrics = { counters: createMetrics(database), token: environment.METRICS_TOKEN };
  const traces = environment.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? undefined : await startTraces(environment.OTEL_EXPORTER_OTLP_ENDPOINT);
  const { TRUST_PROXY: trustedProxies, CORS_ORIGINS: corsOrigins, LEGACY_DIALECT: legacyDialect, INTROSPECTION: introspection } = environment;
  const attempts = await keepAttempts(runtime, log);
  const app = createApp({ database, source, waysIn, log, attempts, metrics, traces, trustedProxies, corsOrigins, legacyDialect, introspection, persisted: persistedFrom(environment), keepsAnswers: environment.STEWARD_SCHEMA, rateLimit: limitOf(runtime) });
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { resolve(); });
  });
  const { url, stop } = await listen(app, { host: environment.HOST, port: environment.PORT });
  const { name, baseUrl, unread } = await source.readInstance();
  for (const line of unreadLines(unread)) log.warn(line);
  print(`Steward serves ${name} (${baseUrl}, ${database.family}${isEmbedded ? ', embedded sample' : ''})`);
  print(`  GraphQL and GraphiQL   ${url}/graphql`);
  print(`  REST, as documented    ${url}/api/pleroma/admin`);
  print(`  REST, as Akkoma 3.16   ${url}/api/v1/pleroma/admin`);
  if (isEmbedded) {
    const { token, nickname } = await sampleToken(database);
    print(`  Token of the admin @${nickname}: ${token}`);
  }
  await told;
  await stop();
  await traces?.stop();
}

/** Wrong guesses are counted by all processes together where Steward has a schema of its own, else by each for itself; the log says which. */
async function keepAttempts({ environment, database }: Runtime, log: Logger): Promise<Attempts> {
  if (environment.STEWARD_SCHEMA) await createStewardSchema(database.pool, stewardSql);
  log.info(environment.STEWARD_SCHEMA ? 'wrong guesses are counted in the schema steward, by all processes together' : 'wrong guesses are counted in this process alone; STEWARD_SCHEMA=on counts those of several together');
  return createAttempts(undefined, environment.STEWARD_SCHEMA ? database.pool : undefined);
}

/** The limit on requests, counted where the guesses are. */
function limitOf({ environment: { RATE_LIMIT, STEWARD_SCHEMA }, database }: Runtime): RateLimit | undefined {
  return RATE_LIMIT === undefined ? undefined : createRateLimit(RATE_LIMIT, STEWARD_SCHEMA ? database.pool : undefined);
}
