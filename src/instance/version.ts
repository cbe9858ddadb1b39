import type { Family } from '../database/family.js';

type Known = readonly (readonly [migration: string, version: string])[];

/** The first known version of each family that has a migration, newest first. */
const versions: Readonly<Record<Family, Known>> = {
  akkoma: [
    ['20250806000000', '3.16.0'],
    ['20240625213637', '3.14.0'],
    ['0', '3.10.0'],
  ],
  pleroma: [
    ['20240904142434', '2.7.0'],
    ['0', '2.5.0'],
  ],
};

/** How each family calls itself. */
export const softwareNames = { akkoma: 'Akkoma', pleroma: 'Pleroma' } as const;

/**
 * The oldest known version of the instance's software that has its newest migration: the version
 * itself stands nowhere in the database. Clients read a number and go by it.
 */
export function versionOf(family: Family, newestMigration: string | undefined): string {
  const newest = BigInt(newestMigration ?? '0');
  return versions[family].find(([migration]) => newest >= BigInt(migration))?.[1] ?? '0.0.0';
}
