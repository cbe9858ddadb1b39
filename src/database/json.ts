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

/** The largest figure that an integer column and GraphQL's `Int` hold. */
const maxFigure = 2_147_483_647;

/** A figure: a number cut to a whole one between 0 and 2147483647; what is no number counts as 0. */
export function countOf(value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return 0;
  return Math.min(Math.max(Math.trunc(value), 0), maxFigure);
}

/** A width or height: a whole number above 0, or undefined. */
export function lengthOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 && countOf(value) === value ? value : undefined;
}

/** The value as an address of the web (`http:` or `https:`), or undefined: no other may become a link or a picture. */
export function webAddressOf(value: Json | undefined): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}

/**
 * The address in a value that may be a text, a Link object with `href`, or a list of those, of which a page (`text/html`) goes first;
 * undefined when there is none of the web.
 */
export function linkedAddressOf(value: Json | undefined): string | undefined {
  const candidates = Array.isArray(value) ? value : [value];
  const pages = candidates.filter((candidate) => objectOf(candidate)['mediaType'] === 'text/html');
  for (const candidate of [...pages, ...candidates]) {
    const address = webAddressOf(candidate) ?? webAddressOf(objectOf(candidate)['href']);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** A plain document for a jsonb column. Interfaces lack the index signature Prisma's type asks for; at run time there is nothing to do. */
export function jsonDocument(value: object): Prisma.InputJsonObject {
  return value;
}

/** A plain document made here, to be read like a stored one. */
export function jsonObject(value: object): JsonObject {
  return value as JsonObject;
}
