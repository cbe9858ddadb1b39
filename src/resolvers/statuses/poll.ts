import { countOf, objectOf, textOf, type Json, type JsonObject } from '../../database/json.js';
import { timeFrom } from '../../database/time.js';

/** A poll as its object holds it (docs/instance/moderation.md#attachments-and-polls). */
export interface Poll {
  readonly multiple: boolean;
  readonly closesAt: Date | undefined;
  readonly options: readonly { readonly title: string; readonly votes: number }[];
  /** Known only where several options may be chosen. */
  readonly voters: number | undefined;
}

/** The poll of a status, if it is one. */
export function pollOf(object: JsonObject): Poll | undefined {
  const { oneOf, anyOf } = object;
  const multiple = Array.isArray(anyOf) && anyOf.length > 0;
  const options = multiple ? anyOf : oneOf;
  if (!Array.isArray(options) || options.length === 0) return undefined;
  const { voters } = object;
  return {
    multiple,
    closesAt: timeOf(object['closed'] ?? object['endTime']),
    options: options.map(objectOf).map((option) => ({
      title: textOf(option['name']) ?? '',
      votes: countOf(objectOf(option['replies'])['totalItems']),
    })),
    voters: multiple ? (Array.isArray(voters) ? voters.length : 0) : undefined,
  };
}

/** All votes together. */
export function votesOf({ options }: Poll): number {
  return countOf(options.reduce((sum, { votes }) => sum + votes, 0));
}

/** Whether voting has ended. */
export function isClosed({ closesAt }: Poll, now: Date): boolean {
  return closesAt !== undefined && closesAt < now;
}

/** A time as ActivityPub writes it; undefined when it is none. */
export function timeOf(value: Json | undefined): Date | undefined {
  return timeFrom(textOf(value) ?? '');
}
