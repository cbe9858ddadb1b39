/** What Steward knows of the companion module in the instance. */
export interface Companion {
  /** Whether jobs for it are worth leaving. */
  readonly isThere: boolean;
}

/** An instance without the companion module. */
export const noCompanion: Companion = { isThere: false };

/** An instance whose operator says that the module is there. */
export const assumedCompanion: Companion = { isThere: true };

/** What is needed of the module: the version this program was written for, and what it must be able to do. */
export const companionNeeds = {
  version: 1,
  ops: ['hello', 'forget', 'reload_config', 'reload_emoji', 'purge_media', 'welcome', 'restart'],
} as const;

/** What the instance said when it was last asked for the module. */
export type Sighting =
  /** Nobody asks: the setting says so, or no instance is attached. */
  | { readonly state: 'off' | 'on' | 'embedded' }
  | { readonly state: 'there'; readonly version: number; readonly instance: string }
  /** The module is an older one; `missing` is what it cannot do. */
  | {
      readonly state: 'outdated';
      readonly version: number;
      readonly instance: string;
      readonly missing: readonly string[];
    }
  | { readonly state: 'absent' }
  /** No answer yet: the instance is stopped, or its queue is busy. */
  | { readonly state: 'unknown' };

const lost =
  'Without it the instance sees changes of remote accounts, of the visibility of statuses and of settings only ' +
  'after a restart, and Steward cannot restart it, reload its emoji or purge its media proxy.';
const howTo = 'docs/instance-module.md says how to install it.';

/** A sighting in plain words, for the log and `steward doctor`. */
export function describeSighting(sighting: Sighting): string {
  switch (sighting.state) {
    case 'there':
      return `The companion module is there: version ${String(sighting.version)}, ${sighting.instance}.`;
    case 'outdated':
      return (
        `The companion module in the instance has version ${String(sighting.version)} and cannot do ` +
        `${sighting.missing.join(', ') || 'what is needed'}; version ${String(companionNeeds.version)} is ` +
        `needed. Copy deploy/instance/steward.ex again. ${lost}`
      );
    case 'absent':
      return `The instance has no companion module. ${lost} ${howTo}`;
    case 'unknown':
      return 'The instance has not answered whether it has the companion module: it is stopped or busy.';
    case 'on':
      return 'The companion module is taken to be there: INSTANCE_MODULE=on.';
    case 'off':
      return `The companion module is not used: INSTANCE_MODULE=off. ${lost}`;
    case 'embedded':
      return 'No instance runs on the embedded database: there is no companion module to ask.';
  }
}

/** Compares what a module says of itself with what is needed. */
export function sightingOf(version: number, instance: string, ops: readonly string[]): Sighting {
  const missing = companionNeeds.ops.filter((op) => !ops.includes(op));
  if (version >= companionNeeds.version && missing.length === 0) {
    return { state: 'there', version, instance };
  }
  return { state: 'outdated', version, instance, missing };
}
