import { wholeSeconds } from '../../src/database/time.js';
import { decodeTerm } from '../../src/erlang/decode.js';
import { parseElixirTerm } from '../../src/erlang/elixir-parser.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { writeJson, type JsonValue } from '../../src/erlang/json.js';
import { parseJson } from '../../src/erlang/parse-json.js';
import type { Term } from '../../src/erlang/term.js';
import { toElixir } from '../../src/erlang/to-elixir.js';
import { configRules, type ConfigRules } from '../../src/instance/config-rules.js';
import { readConfigDefaults } from '../../src/instance/defaults.js';
import { readConfigFile } from '../../src/instance/file.js';
import { readInstance } from '../../src/instance/read.js';
import type { ContextSource } from '../../src/context.js';
import { createApp } from '../../src/server/app.js';
import { createClient, type Client } from './client.js';
import { testLogger } from './log-sink.js';
import { adminSecret, baseUrl, type World } from './world.js';

/** What a test settles besides the database. */
export interface Operator extends Partial<ConfigRules> {
  /** CONFIGURABLE_FROM_DATABASE. */
  readonly configurable?: boolean;
  /** Path of INSTANCE_CONFIG. */
  readonly instanceConfig?: string;
  /** Path of CONFIG_DEFAULTS. */
  readonly configDefaults?: string;
}

/** A client of the admin whose bodies keep big integers and whole floats. */
export interface ConfigClient extends Client {
  json(
    method: string,
    path: string,
    body?: JsonValue,
  ): Promise<{ readonly status: number; readonly body: JsonValue; readonly text: string }>;
}

/** Where contexts of this operator come from. */
export function sourceOf(
  world: World,
  { configurable = true, instanceConfig, configDefaults, ...rules }: Operator = {},
): ContextSource {
  const file = instanceConfig === undefined ? undefined : readConfigFile(instanceConfig);
  const defaults = configDefaults === undefined ? undefined : readConfigDefaults(configDefaults);
  const sources = {
    url: baseUrl,
    file: file ?? new Map<string, never>(),
    defaults,
    configurableFromDatabase: configurable,
  };
  return {
    database: world.source.database,
    config: configRules({ ...rules, file, defaults }),
    readInstance: () => readInstance(world.source.database, sources),
  };
}

/** The admin's client of an app run by this operator. */
export async function configAdmin(world: World, operator: Operator = {}): Promise<ConfigClient> {
  const app = createApp({
    database: world.source.database,
    source: sourceOf(world, operator),
    waysIn: { adminSecret, basicAuth: false },
    log: testLogger(),
  });
  const token = await world.token(world.admin);
  return {
    ...createClient(app, token),
    json: async (method, path, body) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await app.fetch(
        new Request(`http://steward.test${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body: writeJson(body) }),
        }),
      );
      const text = await response.text();
      return { status: response.status, text, body: parseJson(text) };
    },
  };
}

/** Puts a row into `config`, its value written in Elixir or given as a term. */
export async function storeSetting(
  { database: { prisma } }: Pick<World, 'database'>,
  group: string,
  key: string,
  value: string | Term,
): Promise<void> {
  const bytes = new Uint8Array(
    encodeTerm(typeof value === 'string' ? parseElixirTerm(value) : value),
  );
  const at = wholeSeconds(new Date('2026-01-01T00:00:00Z'));
  await prisma.configEntry.create({
    data: { group, key, value: bytes, insertedAt: at, updatedAt: at },
    select: { id: true },
  });
}

/** Every row as `group key` → its value in Elixir, oldest first. */
export async function storedSettings({
  database: { prisma },
}: Pick<World, 'database'>): Promise<Record<string, string>> {
  const rows = await prisma.configEntry.findMany({
    orderBy: { id: 'asc' },
    select: { group: true, key: true, value: true },
  });
  return Object.fromEntries(
    rows.map(({ group, key, value }) => [`${group ?? ''} ${key}`, toElixir(decodeTerm(value))]),
  );
}
