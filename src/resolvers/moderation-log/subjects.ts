import { objectOf, textOf, textsOf, type Json, type JsonObject } from '../../database/json.js';

/** One thing a log row is about. */
export interface LogSubject {
  readonly kind: 'user' | 'report' | 'status' | 'relay';
  /** Flake text. */
  readonly databaseId: string | undefined;
  readonly name: string | undefined;
}

/**
 * What a log row is about, in every form the rows have
 * (docs/instance/moderation.md#actions-and-sentences).
 */
export function logSubjects(data: JsonObject): LogSubject[] {
  const named = ['subject', 'subjects', 'followed', 'follower', 'subject_actor']
    .flatMap((key) => listOf(data[key]))
    .flatMap(subjectOf);
  const tagged = textsOf(data['nicknames']).map(
    (name) => ({ kind: 'user', databaseId: undefined, name }) as const,
  );
  const status =
    data['action'] === 'status_delete'
      ? textsOf(data['subject_id']).map(
          (databaseId) => ({ kind: 'status', databaseId, name: undefined }) as const,
        )
      : [];
  const relay = textsOf(data['target']).map(
    (name) => ({ kind: 'relay', databaseId: undefined, name }) as const,
  );
  return [...named, ...tagged, ...status, ...relay];
}

function subjectOf(subject: Json): LogSubject[] {
  const { type, id, nickname } = objectOf(subject);
  const kind = (['user', 'report', 'status'] as const).find((known) => known === type);
  return kind === undefined ? [] : [{ kind, databaseId: textOf(id), name: textOf(nickname) }];
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
