import type { Prisma } from './generated/prisma/client.js';

/** What a jsonb column holds. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The value as an object; anything else as an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The value as text, or undefined. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The texts in a value: of a list its texts, of a text that one, else none. */
export function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A plain document for a jsonb column. Interfaces lack the index signature Prisma's type asks for; at run time there is nothing to do. */
export function jsonDocument(value: object): Prisma.InputJsonObject {
  return value;
}

/** A plain document made here, to be read like a stored one. */
export function jsonObject(value: object): JsonObject {
  return value as JsonObject;
}
