import { z } from 'zod';

const flag = z.enum(['true', 'false', 'on', 'off', '1', '0']).transform((word) => ['true', 'on', '1'].includes(word));
const settingNames = z.string().regex(/^(:\w+|[A-Z]\w*)(\.[\w.:]+)?( *, *(:\w+|[A-Z]\w*)(\.[\w.:]+)?)*$/, 'must be a comma-separated list of `:group.key` or `:group`');
const moduleNames = z.string().regex(/^Pleroma(\.[A-Z]\w*)+( *, *Pleroma(\.[A-Z]\w*)+)*$/, 'must be a comma-separated list of modules such as `Pleroma.Harbour`');
const baseUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/**
 * Every setting Steward knows, with its rule, default and meaning. The README's table is compared with this list by a test.
 * An empty variable counts as absent.
 */
const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional().describe('PostgreSQL database of the instance; absent = embedded database with a sample instance'),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10).describe('Connections Steward keeps to PostgreSQL at most'),
  INSTANCE_URL: baseUrl.optional().describe('Base URL of the instance; default: read from the database'),
  INSTANCE_CONFIG: z.string().optional().describe("The instance's own .exs configuration file, read as data and never written"),
  CONFIGURABLE_FROM_DATABASE: flag.default(true).describe('Whether the instance reads its `config` table'),
  CONFIG_EXPORT_DIR: z.string().optional().describe('Directory an export of the `config` table is written to, as `prod.exported_from_db.secret.exs`; absent = exports are refused'),
  CONFIG_IMPORT_FILE: z.string().optional().describe('The .exs file an import into the `config` table reads; default: INSTANCE_CONFIG'),
  CONFIG_ALLOW: settingNames.optional().describe('Guarded settings that may be written all the same, e.g. `:logger.:backends,:pleroma.Pleroma.Repo`; a group alone stands for all its keys'),
  CONFIG_DESCRIPTIONS: z.string().optional().describe('JSON file served at `/config/descriptions`; absent = an empty list'),
  CONFIG_MODULES: moduleNames.optional().describe("Modules of one's own directly below `Pleroma`, e.g. `Pleroma.Harbour`, which settings may name"),
  CONFIG_REGEX: z.enum(['letters', 'atoms', 'atoms-otp28']).optional().describe('How new regular expressions are kept: letters = Elixir up to 1.16, atoms = from 1.17, atoms-otp28 = from 1.19 on OTP 28; default: as those already stored, else letters'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000).describe('Port to listen on; 0 = any free one'),
  ADMIN_TOKEN: z.string().min(16).optional().describe('Secret for the x-admin-token header; absent = that way in is closed'),
  BASIC_AUTH: flag.default(false).describe('Accept HTTP Basic on REST'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('Least severe log line written'),
  STEWARD_DATA_DIR: z.string().default('./.steward').describe('Where the embedded database lives'),
});

export type Environment = Readonly<z.infer<typeof schema>>;

/** A setting is wrong; the message lists every fault, one a line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads and checks all settings at once.
 * @throws EnvironmentError naming every faulty variable and its rule.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`These settings are wrong:\n${faults.join('\n')}`);
}

/** Name, default and meaning of every setting, for the README and `steward doctor`. */
export function describeEnvironment(): { name: string; meaning: string; defaultValue: string | undefined }[] {
  const defaults = schema.parse({}) as Readonly<Record<string, string | number | boolean | undefined>>;
  return Object.entries(schema.shape).map(([name, rule]) => ({
    name,
    meaning: rule.description ?? '',
    defaultValue: defaults[name]?.toString(),
  }));
}
