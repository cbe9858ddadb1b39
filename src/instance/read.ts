import type { Database } from '../database/database.js';
import { asInteger, asText, keyword, type Term } from '../erlang/term.js';
import type { ConfigSource } from './config-source.js';
import { configRows, settingsFrom, type InstanceSettings } from './settings.js';
import { versionOf } from './version.js';

/** Where settings come from besides the database. */
export interface InstanceSources {
  /** The INSTANCE_URL setting. */
  readonly url: string | undefined;
  /** Statements of the INSTANCE_CONFIG file. */
  readonly file: ConfigSource;
  /** The instance's own defaults, where the operator gives them. */
  readonly defaults?: ConfigSource | undefined;
  readonly configurableFromDatabase: boolean;
  /** The INSTANCE_VERSION setting. */
  readonly version?: string | undefined;
}

/** Reads the instance's settings as they are now. */
export async function readInstance(
  database: Database,
  sources: InstanceSources,
): Promise<InstanceSettings> {
  const isConfigurable = sources.configurableFromDatabase && !isSwitchedOff(sources.file);
  const rows = isConfigurable ? await configRows(database) : new Map<string, never>();
  const baseUrl = sources.url ?? urlFromFile(sources.file) ?? (await urlFromDatabase(database));
  const { family, schema } = database;
  const version = sources.version ?? versionOf(family, schema.newestMigration);
  // What the table held when the defaults were written down is no default, and nothing to warn of.
  const defaults = new Map(sources.defaults);
  return {
    ...settingsFrom([rows, sources.file, defaults], baseUrl, family, isConfigurable),
    version,
  };
}

/**
 * The instance's own switch, as it is called today and as it was when the documents were written; rows cannot turn themselves off. One that
 * could not be read is off.
 */
function isSwitchedOff(file: ConfigSource): boolean {
  const unread = file.unreadAt?.(':pleroma', ':configurable_from_database', []);
  // Of today's instances nobody knows the old name: only a file that has it means it.
  const unreadOld = file.unreadAt?.(':pleroma', ':instance', ['dynamic_configuration']);
  const instance = file.get(':pleroma.:instance');
  return (
    unread !== undefined ||
    (unreadOld?.path.length ?? 0) > 0 ||
    isFalse(file.get(':pleroma.:configurable_from_database')) ||
    isFalse(instance && keyword(instance, 'dynamic_configuration'))
  );
}

/** Whether Elixir takes a value for false. */
function isFalse(value: Term | undefined): boolean {
  return value?.kind === 'atom' && (value.name === 'false' || value.name === 'nil');
}

/** `config :pleroma, Pleroma.Web.Endpoint, url: [host:, scheme:, port:]` as a base URL. */
function urlFromFile(file: ConfigSource): string | undefined {
  const endpoint = file.get(':pleroma.Pleroma.Web.Endpoint');
  const url = endpoint && keyword(endpoint, 'url');
  const host = url && asText(keyword(url, 'host'));
  if (!url || host === undefined) return undefined;
  const scheme = asText(keyword(url, 'scheme')) ?? 'http';
  const port = asInteger(keyword(url, 'port'));
  return new URL(`${scheme}://${host}${port === undefined ? '' : `:${String(port)}`}`).origin;
}

/** Every local account's ap_id begins with the base URL. */
async function urlFromDatabase(database: Database): Promise<string> {
  const [row] = await database.read(
    `select u.ap_id from users u where u.local and u.ap_id like 'http%' order by u.id limit 1`,
    [],
    1,
  );
  return row?.[0] ? new URL(row[0]).origin : 'http://localhost:4000';
}
