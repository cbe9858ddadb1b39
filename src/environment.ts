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
 * Every setting Steward knows, with its rule, default and meaning. docs/settings.md is compared with this list by a test.
 * An empty variable counts as absent.
 */
const schema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'PostgreSQL database of the instance. Without it: an embedded database with a sample instance',
    ),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Maximum number of connections to PostgreSQL'),
  INSTANCE_URL: baseUrl
    .optional()
    .describe('Base URL of the instance. Without it: read from the database'),
  INSTANCE_CONFIG: z
    .string()
    .optional()
    .describe("The instance's own .exs configuration file. It is read as data and never written"),
  CONFIGURABLE_FROM_DATABASE: flag
    .default(true)
    .describe('Whether the instance reads its `config` table'),
  CONFIG_EXPORT_DIR: z
    .string()
    .optional()
    .describe(
      'Directory for exports of the `config` table (`prod.exported_from_db.secret.exs`). Without it: exports are refused',
    ),
  CONFIG_IMPORT_FILE: z
    .string()
    .optional()
    .describe(
      'The .exs file that an import into the `config` table reads. Without it: INSTANCE_CONFIG',
    ),
  CONFIG_ALLOW: settingNames
    .optional()
    .describe(
      'Guarded settings that may be written anyway, comma-separated. A group without a key allows all its keys',
    ),
  CONFIG_DESCRIPTIONS: z
    .string()
    .optional()
    .describe('JSON file served at `/config/descriptions`. Without it: an empty list'),
  CONFIG_DEFAULTS: z
    .string()
    .optional()
    .describe(
      "JSON file with the instance's own answer to `GET /api/v1/pleroma/admin/config`, shown beneath the table. Without it: only the table and INSTANCE_CONFIG are shown",
    ),
  CONFIG_MODULES: moduleNames
    .optional()
    .describe('Your own modules directly below `Pleroma` that settings may name, comma-separated'),
  CONFIG_REGEX: z
    .enum(['letters', 'atoms', 'atoms-otp28'])
    .optional()
    .describe(
      'How new regular expressions are stored: letters = for Elixir up to 1.16, atoms = from 1.17, atoms-otp28 = from 1.19 on OTP 28. Without it: like those already stored, otherwise letters',
    ),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(4000)
    .describe('Port to listen on; 0 = any free port'),
  ADMIN_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Secret for the x-admin-token header, at least 16 characters. Without it: the header is not accepted',
    ),
  BASIC_AUTH: flag.default(false).describe('Whether REST accepts HTTP Basic authentication'),
  TRUST_PROXY: trustedProxies
    .optional()
    .describe(
      'Proxies whose X-Forwarded-For is trusted: their number, or their addresses and networks, comma-separated. Without it: none',
    ),
  INTROSPECTION: z
    .enum(['everybody', 'staff', 'off'])
    .default('staff')
    .describe(
      'Who may read the GraphQL schema and gets suggestions for misspelt names: staff, everybody = anyone with a valid token, or off',
    ),
  PERSISTED_OPERATIONS: z
    .enum(['only', 'also'])
    .optional()
    .describe(
      'Whether only the documents of PERSISTED_OPERATIONS_FILE run (only), or others too (also). Without it: there are none',
    ),
  PERSISTED_OPERATIONS_FILE: z
    .string()
    .optional()
    .describe('JSON object that maps hashes to GraphQL documents'),
  RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      'Maximum number of requests a minute for each account, the admin secret, and each address without a valid credential. Without it: unlimited',
    ),
  CORS_ORIGINS: origins
    .optional()
    .describe(
      'Origins of dashboards hosted elsewhere, comma-separated. Without it: browsers allow none',
    ),
  LEGACY_DIALECT: z
    .enum(['auto', 'documents', 'akkoma'])
    .default('auto')
    .describe(
      'How `/api/pleroma/admin` answers: documents = as first documented in 2019, akkoma = as `/api/v1/pleroma/admin`, auto = on Pleroma as akkoma; on Akkoma as akkoma for browsers and AdminFE, as documents for everything else',
    ),
  INSTANCE_VERSION: z
    .string()
    .regex(/^\d+\.\d+\.\d+([-+.][\w.+-]*)?$/, 'must be a version such as 3.16.0')
    .optional()
    .describe(
      'Version of the instance, for `/api/v1/instance` and nodeinfo. Without it: the oldest version that has its newest migration',
    ),
  INSTANCE_MODULE: z
    .enum(['auto', 'on', 'off'])
    .default('auto')
    .describe(
      'Whether the instance has the companion module (docs/instance-module.md): auto = Steward asks at start and every five minutes, on, or off',
    ),
  INSTANCE_STATIC_DIR: z
    .string()
    .optional()
    .describe(
      "The instance's static directory, which holds its panel and terms of service. Without it: these documents are neither shown nor changed",
    ),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server. Without it: Steward sends no mail'),
  MAIL_FROM: z
    .email()
    .optional()
    .describe("Sender address of mails. Without it: the instance's notify_email or email"),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Bearer token for /metrics, at least 16 characters. Without it: only direct connections from this machine may read it',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenTelemetry collector (OTLP over HTTP). Without it: no traces'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe(
      'Lowest severity of log lines written: fatal, error, warn, info, debug, trace or silent',
    ),
  STEWARD_SCHEMA: flag
    .default(false)
    .describe(
      'Whether Steward keeps a schema `steward` in the database: it stores answers to an Idempotency-Key, and lets several processes count attempts and requests together',
    ),
  STEWARD_DATA_DIR: z.string().default('./.steward').describe('Directory of the embedded database'),
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

/** Name, default and meaning of every setting, for docs/settings.md. */
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
