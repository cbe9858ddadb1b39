import { JsonFloat, type JsonValue } from '../../erlang/json.js';

/**
 * Whether AdminFE can read a setting (docs/instance/admin-fe.md): one it cannot throws while it loads, and none of its tabs appears. By its own
 * rules: which parts of a value it looks into, and in what form it must find them there. What it only shows may have any form.
 */
export function isReadableByAdminFe(key: string, value: JsonValue): boolean {
  if (key === ':backends')
    return (
      isList(value) && value.every((item) => !isObject(item) || isList(propertyOf(item, 'tuple')))
    );
  if (keptWhole.includes(key) || isScalar(value)) return true;
  if (!isList(value)) return false;
  return (
    (value.length > 0 && value.every((item) => item !== null && isScalar(item))) ||
    areReadablePairs(key, value)
  );
}

const keptWhole = [
  ':meta',
  ':types',
  ':extensions',
  ':compiled_template_engines',
  ':compiled_format_encoders',
];

type Rule = (value: JsonValue) => boolean;
const hasTuple: Rule = (value) => tupleItems(value) !== undefined;
const listOf =
  (rule: Rule): Rule =>
  (value) =>
    isList(value) && value.every(rule);
const isThere: Rule = (value) => value !== null;
/** Only lists are looked into. */
const ifList =
  (rule: Rule): Rule =>
  (value) =>
    !isList(value) || value.every(rule);
const textsOrTuples = ifList((item) => typeof item === 'string' || hasTuple(item));
const limit: Rule = (value) => (isList(value) ? value.every(isThere) : value !== null);

/** Parts that AdminFE looks into, by their name. */
const parts: Readonly<Record<string, Rule>> = {
  ':mascots': listOf(hasTuple),
  ':icons': listOf(isThere),
  ':prune': isThere,
  ':sender': (value) => !isObject(value) || hasTuple(value),
  ':ip_whitelist': listOf((item) => typeof item === 'string' || hasTuple(item)),
  ':args': () => true,
  ...Object.fromEntries(
    [
      ':groups',
      ':replace',
      ':retries',
      ':timeout',
      ':transparency_exclusions',
      ':quarantined_instances',
    ].map((name) => [name, textsOrTuples]),
  ),
  ':crontab': ifList(hasTuple),
};

/** The rule for one part of a setting; undefined = lists that begin with a tuple are read as pairs, all the way down. */
function ruleOf(key: string, name: string, value: JsonValue): Rule | undefined {
  if (key === ':rate_limit' || (key === 'Pleroma.Web.Endpoint.MetricsExporter' && name === ':auth'))
    return limit;
  if (key === ':mrf_simple' && isList(value) && !alwaysAsNamed.includes(name)) return textsOrTuples;
  if (key === 'Pleroma.Web.MediaProxy.Invalidation.Http' && name === ':headers')
    return textsOrTuples;
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

const alwaysAsNamed = [':mascots', ':crontab'];

function areReadablePairs(key: string, items: readonly JsonValue[]): boolean {
  return items.every((item) => {
    const tuple = tupleItems(item);
    if (tuple === undefined) return false;
    const [name = null, value = null] = tuple;
    return isReadablePart(key, typeof name === 'string' ? name : '', value);
  });
}

function isReadablePart(key: string, name: string, value: JsonValue): boolean {
  const rule = ruleOf(key, name, value);
  // Of these only lists are looked into; what is none goes on below.
  if (rule && !(rule === textsOrTuples && !isList(value))) return rule(value);
  if (isList(value))
    return value.length === 0 || !hasTuple(value[0] ?? null) || areReadablePairs(name, value);
  return name !== ':ip' || hasTuple(value);
}

function isScalar(value: JsonValue): boolean {
  return value === null || typeof value !== 'object' || value instanceof JsonFloat;
}

function isObject(
  value: JsonValue,
): value is readonly JsonValue[] | { readonly [key: string]: JsonValue } {
  return !isScalar(value);
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function propertyOf(value: JsonValue, name: string): JsonValue | undefined {
  return isScalar(value) ||
    isList(value) ||
    value instanceof JsonFloat ||
    typeof value !== 'object' ||
    value === null
    ? undefined
    : value[name];
}

function tupleItems(value: JsonValue): readonly JsonValue[] | undefined {
  const tuple = propertyOf(value, 'tuple');
  return isList(tuple) ? tuple : undefined;
}
