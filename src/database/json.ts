import type { Prisma } from './generated/prisma/client.js';

/** A plain document for a jsonb column. Interfaces lack the index signature Prisma's type asks for; at run time there is nothing to do. */
export function jsonDocument(value: object): Prisma.InputJsonObject {
  return value;
}
