import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { EnvironmentError } from '../environment.js';

/**
 * Makes the schema `steward` and its tables, or what of them is missing; processes that start at once may all call it.
 * @param sql prisma/steward/schema.sql, or its copy beside the program.
 * @throws EnvironmentError when the role may not make them.
 */
export async function createStewardSchema(pool: Pool, sql: URL): Promise<void> {
  try {
    await pool.query(readFileSync(sql, 'utf8'));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new EnvironmentError('STEWARD_SCHEMA=on needs a schema of its own, and the role of DATABASE_URL may not make one. Let a superuser run in this database: create schema steward authorization <role>');
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42501';
}
