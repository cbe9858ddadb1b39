import { JsonFloat, type JsonValue } from '../../erlang/json.js';

/**
 * Whether AdminFE can read a setting: one it can't throws while it loads, and none of its tabs
 * appears (docs/instance/admin-fe.md#settings-data). Of settings it does not get
 * it shows none and changes none.
 */
export function isReadableByAdminFe(key: string, value: JsonValue): boolean {
  if (isScalar(value) || (isList(value) && value.every(isScalar))) return true;
  if (isMap(value)) return mapKeys.includes(key);
  const pairs = isList(value) ? value.map(pairOf) : [];
  return pairs.length > 0 && pairs.every((pair) => pair !== undefined && isReadablePart(key, pair[0], pair[1]));
}

const mapKeys = [':types', ':extensions', ':meta', ':backends', ':compiled_template_engines', ':compiled_format_encoders'];

type Rule = (value: JsonValue) => boolean;
const tupleOf = (...sizes: readonly number[]): Rule => (value) => sizes.includes(tupleItems(value)?.length ?? -1);
const listOf = (rule: Rule): Rule => (value) => isList(value) && value.every(rule);
const textsOrPairs = listOf((item) => typeof item === 'string' || pairOf(item) !== undefined);
const rateLimit: Rule = (value) => typeof value === 'boolean' || tupleOf(2)(value) || (isList(value) && value.length === 2 && value.every(tupleOf(2)));

/** Parts of a setting that AdminFE reads in one form only, by their name. */
const parts: Readonly<Record<string, Rule>> = {
  ':ip': tupleOf(4, 8),
  ':prune': (value) => value === ':disabled' || tupleItems(value) !== undefined,
  ':sender': (value) => typeof value === 'string' || tupleOf(2)(value),
  ':crontab': listOf(tupleOf(2)),
  ':mascots': listOf((item) => isMap(pairOf(item)?.[1] ?? null)),
  ':icons': listOf(isMap),
  ':match_actor': isMap,
  ...Object.fromEntries([':quarantined_instances', ':transparency_exclusions', ':replace', ':groups', ':retries', ':timeout'].map((name) => [name, textsOrPairs])),
};

/** The same for whole settings. */
const settings: Readonly<Record<string, Rule>> = { ':rate_limit': rateLimit, ':mrf_simple': textsOrPairs };

/** Lists that begin with a pair are read as pairs, all the way down. */
function isReadablePart(key: string, name: string, value: JsonValue): boolean {
  const rule = settings[key] ?? parts[name];
  if (rule) return rule(value);
  if (!isList(value) || tupleItems(value[0] ?? null) === undefined) return true;
  return value.every((item) => {
    const [inner, content = null] = tupleItems(item) ?? [];
    return inner !== undefined && isReadablePart(name, typeof inner === 'string' ? inner : '', content);
  });
}

function isScalar(value: JsonValue): boolean {
  return value === null || typeof value !== 'object' || value instanceof JsonFloat;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isMap(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof JsonFloat) && tupleItems(value) === undefined;
}

function tupleItems(value: JsonValue): readonly JsonValue[] | undefined {
  if (typeof value !== 'object' || value === null || isList(value) || value instanceof JsonFloat) return undefined;
  const { tuple } = value;
  return tuple !== undefined && isList(tuple) && Object.keys(value).length === 1 ? tuple : undefined;
}

/** A tuple of a name and a value. */
function pairOf(value: JsonValue): readonly [string, JsonValue] | undefined {
  const [name, content, ...rest] = tupleItems(value) ?? [];
  return typeof name === 'string' && content !== undefined && rest.length === 0 ? [name, content] : undefined;
}
