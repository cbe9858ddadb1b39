import type { ConfigRow } from '../../database/config.js';
import type { JsonValue } from '../../erlang/json.js';
import type { Term } from '../../erlang/term.js';
import { toJson } from '../../erlang/to-json.js';
import type { Hides, Outcome } from '../../resolvers/config/apply.js';
import type { EffectiveSetting } from '../../resolvers/config/effective.js';
import type { SettingName } from '../../resolvers/config/names.js';
import { maskSecrets } from '../../resolvers/config/secrets.js';
import { attempt, storedKeys, termOf } from '../../resolvers/config/setting.js';
import type { Dialect } from '../dialect.js';
import { isReadableByAdminFe } from './admin-fe.js';

interface Answer {
  readonly group: string;
  readonly key: string;
  readonly value: JsonValue;
  readonly db?: readonly string[];
}

/** A row as `GET /config` shows it; nothing of a row whose value has no JSON, which a dashboard could not read. Akkoma shows rows without `db`. */
export function rowAnswer(row: ConfigRow, dialect: Dialect, reveal: boolean): Answer[] {
  const { value: term } = termOf(row, true);
  return term === undefined
    ? []
    : shownAnswer({ group: row.group ?? '', key: row.key }, term, reveal, dialect).map(
        ({ group, key, value }) => ({ group, key, value }),
      );
}

/** A setting as the instance has it; `db` says which of its keys the table has. */
export function effectiveAnswer(
  { group, key, value, row }: EffectiveSetting,
  reveal: boolean,
): Answer[] {
  const stored = row && termOf(row, true).value;
  const db = stored === undefined ? [] : storedKeys(key, stored);
  return value === undefined
    ? []
    : shownAnswer({ group, key }, value, reveal, 'v1').map((shown) => ({
        ...shown,
        ...(db.length > 0 ? { db } : {}),
      }));
}

function shownAnswer(name: SettingName, term: Term, reveal: boolean, dialect: Dialect): Answer[] {
  const { value, fault } = attempt(() =>
    toJson(reveal ? term : maskSecrets(name.key, term), dialect === 'legacy' ? 'legacy' : 'modern'),
  );
  return fault === undefined
    ? [{ ...name, group: dialect === 'legacy' ? name.group.replace(/^:/, '') : name.group, value }]
    : [];
}

/** What `GET /config` leaves out: values without JSON, for AdminFE those it fails on. */
export function hiddenFrom(dialect: Dialect, isAdminFe: boolean): Hides {
  return ({ group, key }, term) =>
    !shownAnswer({ group, key }, term, false, dialect).some(
      ({ value }) => !isAdminFe || isReadableByAdminFe(key, value),
    );
}

/**
 * A written setting as `POST /config` answers it; removed ones are left out
 * (docs/instance/config.md#updating).
 */
export function outcomeAnswer(
  { name, value: term }: Outcome,
  sent: { readonly group: string; readonly key: string } | undefined,
  dialect: Dialect,
): Answer[] {
  if (term === undefined) return [];
  const masked = maskSecrets(name.key, term);
  const { value, fault } = attempt(() =>
    toJson(masked, dialect === 'legacy' ? 'legacy' : 'modern'),
  );
  if (fault !== undefined) return [];
  return [
    dialect === 'legacy'
      ? { group: sent?.group ?? name.group, key: sent?.key ?? name.key, value }
      : answer(name, masked, value, dialect),
  ];
}

/**
 * The documents show groups without their colon, and no `db`
 * (docs/documented-api.md#where-the-documents-and-the-programs-differ).
 */
function answer(
  { group, key }: { readonly group: string; readonly key: string },
  term: Term,
  value: JsonValue,
  dialect: Dialect,
): Answer {
  if (dialect === 'legacy') return { group: group.replace(/^:/, ''), key, value };
  const db = storedKeys(key, term);
  return { group, key, value, ...(db.length > 0 ? { db } : {}) };
}
