import type { RegexDialect } from '../erlang/regex.js';
import type { ConfigSource } from './config-source.js';

/** What the operator settles about the instance's configuration; from the settings of this process. */
export interface ConfigRules {
  /** Where an export is written; undefined = exports are refused. */
  readonly exportDirectory: string | undefined;
  /** The file an import reads. */
  readonly importFile: string | undefined;
  /** JSON file with the descriptions a dashboard shows. */
  readonly descriptionsFile: string | undefined;
  /** The instance's own defaults, from CONFIG_DEFAULTS; undefined = not known. */
  readonly defaults: ConfigSource | undefined;
  /** The instance's own file, INSTANCE_CONFIG; undefined = not known. */
  readonly file: ConfigSource | undefined;
  /** The instance's static directory; undefined = its pages are neither shown nor changed. */
  readonly staticDirectory: string | undefined;
  /** Guarded settings (docs/config.md) that may be written all the same: `:group.key`, or `:group` for all of it. */
  readonly allowed: readonly string[];
  /** Modules of the operator's own. */
  readonly modules: readonly string[];
  /** How new regular expressions are kept when no stored one shows what the instance runs. */
  readonly regex: RegexDialect | undefined;
  readonly reboot: RebootNotice;
}

/**
 * What was written since this process began; the instance keeps the same in its memory
 * (docs/instance/config.md#what-needs-a-restart).
 */
export interface RebootNotice {
  /** When anything was last written: the instance sees it only after a reboot. */
  writtenAt: Date | undefined;
  /** When something was last written for which even the instance's own dashboard asks for a reboot. */
  askedAt: Date | undefined;
}

/** The rules of an operator who settles nothing but what is given. */
export function configRules(given: Partial<ConfigRules> = {}): ConfigRules {
  return {
    exportDirectory: undefined,
    importFile: undefined,
    descriptionsFile: undefined,
    defaults: undefined,
    file: undefined,
    staticDirectory: undefined,
    allowed: [],
    modules: [],
    regex: undefined,
    reboot: { writtenAt: undefined, askedAt: undefined },
    ...given,
  };
}
