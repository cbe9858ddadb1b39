import { isIP } from 'node:net';
import { z } from 'zod';

/** The items of a list with commas. */
export const listed = (text: string): string[] => text.split(',').map((item) => item.trim());

const flag = z
  .enum(['true', 'false', 'on', 'off', '1', '0'])
  .transform((word) => ['true', 'on', '1'].includes(word));
const settingNames = z
  .string()
  .regex(
    /^(:\w+|[A-Z]\w*)(\.[\w.:]+)?( *, *(:\w+|[A-Z]\w*)(\.[\w.:]+)?)*$/,
    'must be a comma-separated list of `:group.key` or `:group`',
  );
const moduleNames = z
  .string()
  .regex(
    /^Pleroma(\.[A-Z]\w*)+( *, *Pleroma(\.[A-Z]\w*)+)*$/,
    'must be a comma-separated list of modules such as `Pleroma.Harbour`',
  );
const baseUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/(?<!\/)\/+$/, ''));

/** Exactly what a browser sends as `Origin`: no path, no wildcard. */
const origins = z.string().transform((text, context): readonly string[] => {
  const list = listed(text);
  if (
    list.every(
      (origin) =>
        /^https?:[^*]+$/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin,
    )
  )
    return list;
  context.addIssue({
    code: 'custom',
    message:
      'must be a comma-separated list of origins such as https://admin.example:8443, without paths or wildcards',
  });
  return z.NEVER;
});

/** `1` = one proxy; `10.0.0.0/8, ::1` = whoever has such an address. */
const trustedProxies = z.string().transform((text, context): TrustedProxies => {
  if (/^[1-9]$/.test(text)) return { hops: Number(text) };
  const networks = listed(text).map(parseNetwork);
  if (networks.every((network) => network !== undefined)) return { networks };
  context.addIssue({
    code: 'custom',
    message:
      'must be a number of proxies (1 to 9) or a comma-separated list of addresses and networks such as 10.0.0.0/8',
  });
  return z.NEVER;
});

/** Whose `X-Forwarded-For` is believed: so many proxies in a row, or those with these addresses. */
export type TrustedProxies = { readonly hops: number } | { readonly networks: readonly Network[] };

export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function parseNetwork(text: string): Network | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  if (
    version === 0 ||
    rest.length > 0 ||
    (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest))
  )
    return undefined;
  return {
    address,
    prefix: prefix === undefined ? longest : Number(prefix),
    family: version === 4 ? 'ipv4' : 'ipv6',
  };
}

/**
 * Every setting Steward knows, with its rule, default and meaning. The README's table is compared with this list by a test.
 * An empty variable counts as absent.
 */
const schema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'PostgreSQL database of the instance; absent = embedded database with a sample instance',
    ),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Connections Steward keeps to PostgreSQL at most'),
  INSTANCE_URL: baseUrl
    .optional()
    .describe('Base URL of the instance; default: read from the database'),
  INSTANCE_CONFIG: z
    .string()
    .optional()
    .describe("The instance's own .exs configuration file, read as data and never written"),
  CONFIGURABLE_FROM_DATABASE: flag
    .default(true)
    .describe('Whether the instance reads its `config` table'),
  CONFIG_EXPORT_DIR: z
    .string()
    .optional()
    .describe(
      'Directory an export of the `config` table is written to, as `prod.exported_from_db.secret.exs`; absent = exports are refused',
    ),
  CONFIG_IMPORT_FILE: z
    .string()
    .optional()
    .describe('The .exs file an import into the `config` table reads; default: INSTANCE_CONFIG'),
  CONFIG_ALLOW: settingNames
    .optional()
    .describe(
      'Guarded settings that may be written all the same, e.g. `:logger.:backends,:pleroma.Pleroma.Repo`; a group alone stands for all its keys',
    ),
  CONFIG_DESCRIPTIONS: z
    .string()
    .optional()
    .describe('JSON file served at `/config/descriptions`; absent = an empty list'),
  CONFIG_DEFAULTS: z
    .string()
    .optional()
    .describe(
      "JSON file with what the instance's own `GET /api/v1/pleroma/admin/config` answers, shown beneath the table; absent = only the table and INSTANCE_CONFIG are shown",
    ),
  CONFIG_MODULES: moduleNames
    .optional()
    .describe(
      "Modules of one's own directly below `Pleroma`, e.g. `Pleroma.Harbour`, which settings may name",
    ),
  CONFIG_REGEX: z
    .enum(['letters', 'atoms', 'atoms-otp28'])
    .optional()
    .describe(
      'How new regular expressions are kept: letters = Elixir up to 1.16, atoms = from 1.17, atoms-otp28 = from 1.19 on OTP 28; default: as those already stored, else letters',
    ),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(4000)
    .describe('Port to listen on; 0 = any free one'),
  ADMIN_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Secret for the x-admin-token header; absent = that way in is closed'),
  BASIC_AUTH: flag.default(false).describe('Accept HTTP Basic on REST'),
  TRUST_PROXY: trustedProxies
    .optional()
    .describe(
      'Whose X-Forwarded-For is believed: the number of proxies in front, or their addresses and networks, comma-separated; absent = nobody',
    ),
  INTROSPECTION: z
    .enum(['everybody', 'staff', 'off'])
    .default('staff')
    .describe(
      'Who may ask for the GraphQL schema, and is told what a misspelt name may have meant; everybody = whoever has a valid token',
    ),
  PERSISTED_OPERATIONS: z
    .enum(['only', 'also'])
    .optional()
    .describe(
      'Whether the documents of PERSISTED_OPERATIONS_FILE are the only ones that run; absent = there are none',
    ),
  PERSISTED_OPERATIONS_FILE: z
    .string()
    .optional()
    .describe('JSON object of hash and GraphQL document'),
  RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      'Requests a minute an account, the admin secret, or an address without a valid credential may make; absent = any number',
    ),
  CORS_ORIGINS: origins
    .optional()
    .describe(
      'Origins of dashboards served elsewhere, comma-separated, e.g. https://admin.example; browsers let only these in. Absent = none',
    ),
  LEGACY_DIALECT: z
    .enum(['auto', 'documents', 'akkoma'])
    .default('auto')
    .describe(
      'How `/api/pleroma/admin` answers: documents = as the documents of 2019 say, akkoma = as `/api/v1/pleroma/admin`, auto = in front of a Pleroma as akkoma, in front of an Akkoma as akkoma to browsers and AdminFE and as documents to everything else',
    ),
  INSTANCE_VERSION: z
    .string()
    .regex(/^\d+\.\d+\.\d+([-+.][\w.+-]*)?$/, 'must be a version such as 3.16.0')
    .optional()
    .describe(
      'Version the instance has, e.g. 3.16.0, for `/api/v1/instance` and nodeinfo; default: the oldest that has its newest migration',
    ),
  INSTANCE_MODULE: z
    .enum(['auto', 'on', 'off'])
    .default('auto')
    .describe(
      'Whether the instance has the companion module (docs/instance-module.md): auto = it is asked, at the start and every five minutes; on = it has; off = it is not used',
    ),
  INSTANCE_STATIC_DIR: z
    .string()
    .optional()
    .describe(
      "The instance's static directory, which holds its panel and terms of service; absent = these documents are neither shown nor changed",
    ),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      'Mail server, e.g. smtp://user:password@mail.example:587; absent = Steward sends no mail',
    ),
  MAIL_FROM: z
    .email()
    .optional()
    .describe("Address mails come from; default: the instance's notify_email or email"),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Bearer token that opens /metrics; absent = open to this machine only, and to nobody through a proxy',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'OpenTelemetry collector (OTLP over HTTP), e.g. http://127.0.0.1:4318; absent = no traces',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severe log line written'),
  STEWARD_SCHEMA: flag
    .default(false)
    .describe(
      'Whether Steward makes a schema `steward` of its own in the database, in which answers to an Idempotency-Key are kept and several processes count wrong guesses and requests together',
    ),
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
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`These settings are wrong:\n${faults.join('\n')}`);
}

/** Name, default and meaning of every setting, for the README and `steward doctor`. */
export function describeEnvironment(): {
  name: string;
  meaning: string;
  defaultValue: string | undefined;
}[] {
  const defaults = schema.parse({}) as Readonly<
    Record<string, string | number | boolean | undefined>
  >;
  return Object.entries(schema.shape).map(([name, rule]) => ({
    name,
    meaning: rule.description ?? '',
    defaultValue: defaults[name]?.toString(),
  }));
}
