import type { ConfigRow } from '../../database/config.js';
import type { JsonValue } from '../../erlang/json.js';
import type { Term } from '../../erlang/term.js';
import { toJson } from '../../erlang/to-json.js';
import type { Outcome } from '../../resolvers/config/apply.js';
import { maskSecrets } from '../../resolvers/config/secrets.js';
import { attempt, jsonOf, storedKeys, termOf } from '../../resolvers/config/setting.js';
import type { Dialect } from '../dialect.js';

interface Answer {
  readonly group: string;
  readonly key: string;
  readonly value: JsonValue;
  readonly db?: readonly string[];
}

/** A row as `GET /config` shows it; nothing of a row whose value has no JSON, which a dashboard could not read. */
export function rowAnswer(row: ConfigRow, dialect: Dialect, reveal: boolean): Answer[] {
  const { value: term } = termOf(row, reveal);
  const { value, fault } = jsonOf(row, reveal, dialect === 'legacy' ? 'legacy' : 'modern');
  return fault !== undefined || term === undefined ? [] : [answer({ group: row.group ?? '', key: row.key }, term, value, dialect)];
}

/**
 * A written setting as `POST /config` answers it; removed ones are left out
 * (docs/instance/config.md#updating).
 */
export function outcomeAnswer({ name, value: term }: Outcome, sent: { readonly group: string; readonly key: string } | undefined, dialect: Dialect): Answer[] {
  if (term === undefined) return [];
  const masked = maskSecrets(name.key, term);
  const { value, fault } = attempt(() => toJson(masked, dialect === 'legacy' ? 'legacy' : 'modern'));
  if (fault !== undefined) return [];
  return [dialect === 'legacy' ? { group: sent?.group ?? name.group, key: sent?.key ?? name.key, value } : answer(name, masked, value, dialect)];
}

/**
 * The documents show groups without their colon, and no `db`
 * (docs/documented-api.md#where-the-documents-and-the-programs-differ).
 */
function answer({ group, key }: { readonly group: string; readonly key: string }, term: Term, value: JsonValue, dialect: Dialect): Answer {
  if (dialect === 'legacy') return { group: group.replace(/^:/, ''), key, value };
  const db = storedKeys(key, term);
  return { group, key, value, ...(db.length > 0 ? { db } : {}) };
}
