import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { EnvironmentError } from '../environment.js';
import { takesNoWrites } from './unreachable.js';

/**
 * Makes the schema `steward` and its tables, or what of them is missing; processes that start at once may all call it.
 * @param sql prisma/steward/schema.sql, or its copy beside the program.
 * @returns false where the database takes no writes now and they are missing: nothing that needs them can be done.
 * @throws EnvironmentError when the role may not make them.
 */
export async function createStewardSchema(pool: Pool, sql: URL): Promise<boolean> {
  try {
    await pool.query(readFileSync(sql, 'utf8'));
    return true;
  } catch (error) {
    if (takesNoWrites(error)) return false;
    if (!isForbidden(error)) throw error;
    throw new EnvironmentError(
      'STEWARD_SCHEMA=on needs a schema of its own, and the role of DATABASE_URL may not make one. Let a superuser run in this database: create schema steward authorization <role>',
    );
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42501';
}
