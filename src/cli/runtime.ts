import type { ContextSource } from '../context.js';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/database.js';
import { postgresPool } from '../database/pool.js';
import { EnvironmentError, listed, type Environment } from '../environment.js';
import {
  assumedCompanion,
  noCompanion,
  type Companion,
  type Sighting,
} from '../instance/companion.js';
import { configRules, type ConfigRules } from '../instance/config-rules.js';
import type { ConfigSource } from '../instance/config-source.js';
import { DefaultsError, readConfigDefaults } from '../instance/defaults.js';
import { readConfigFile } from '../instance/file.js';
import { readInstance } from '../instance/read.js';
import { recentInstance } from '../instance/recent.js';
import { CompanionWatch } from './companion.js';

/** What a process works with once its settings are read. */
export interface Runtime {
  readonly environment: Environment;
  readonly database: Database;
  readonly source: ContextSource;
  readonly isEmbedded: boolean;
  /** Asks an attached instance for the companion module; absent where the setting or the embedded database settles it. */
  readonly companion?: CompanionWatch | undefined;
}

/** The archive the build puts beside the program. */
const prebuilt = new URL('embedded.tar.gz', import.meta.url);

/** Opens the database the settings name and prepares to read the instance's own settings. What only some starts need is loaded by those. */
export async function startRuntime(environment: Environment): Promise<Runtime> {
  const isEmbedded = environment.DATABASE_URL === undefined;
  const file =
    environment.INSTANCE_CONFIG === undefined
      ? undefined
      : readConfigFile(environment.INSTANCE_CONFIG);
  const defaults =
    environment.CONFIG_DEFAULTS === undefined ? undefined : defaultsOf(environment.CONFIG_DEFAULTS);
  const database =
    environment.DATABASE_URL === undefined
      ? await (
          await import('../database/embedded/open.js')
        ).openEmbedded(environment.STEWARD_DATA_DIR, prebuilt)
      : await openDatabase(postgresPool(environment.DATABASE_URL, environment.DATABASE_POOL));
  const sources = {
    url: environment.INSTANCE_URL,
    file: file ?? new Map<string, never>(),
    defaults,
    configurableFromDatabase: environment.CONFIGURABLE_FROM_DATABASE,
    version: environment.INSTANCE_VERSION,
  };
  const mailer =
    environment.SMTP_URL === undefined
      ? undefined
      : (await import('../mail/smtp.js')).smtpMailer(environment.SMTP_URL, environment.MAIL_FROM);
  const watch =
    isEmbedded || environment.INSTANCE_MODULE !== 'auto' ? undefined : new CompanionWatch(database);
  const companion: Companion =
    watch ??
    (settledSighting(environment, isEmbedded).state === 'on' ? assumedCompanion : noCompanion);
  return {
    environment,
    database,
    isEmbedded,
    companion: watch,
    source: {
      database,
      mailer,
      companion,
      config: configRules({ ...rulesOf(environment), file, defaults }),
      ...recentInstance(() => readInstance(database, sources)),
    },
  };
}

/** What is known of the companion module where nobody asks for it. */
export function settledSighting({ INSTANCE_MODULE }: Environment, isEmbedded: boolean): Sighting {
  if (isEmbedded) return { state: 'embedded' };
  return { state: INSTANCE_MODULE === 'on' ? 'on' : 'off' };
}

function defaultsOf(path: string): ConfigSource {
  try {
    return readConfigDefaults(path);
  } catch (error) {
    if (error instanceof DefaultsError)
      throw new EnvironmentError(`These settings are wrong:\n  CONFIG_DEFAULTS: ${error.message}`);
    throw error;
  }
}

function rulesOf(environment: Environment): Partial<ConfigRules> {
  return {
    exportDirectory: environment.CONFIG_EXPORT_DIR,
    importFile: environment.CONFIG_IMPORT_FILE ?? environment.INSTANCE_CONFIG,
    descriptionsFile: environment.CONFIG_DESCRIPTIONS,
    staticDirectory: environment.INSTANCE_STATIC_DIR,
    allowed: environment.CONFIG_ALLOW === undefined ? [] : listed(environment.CONFIG_ALLOW),
    modules: environment.CONFIG_MODULES === undefined ? [] : listed(environment.CONFIG_MODULES),
    regex: environment.CONFIG_REGEX,
  };
}
