import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeEnvironment, readEnvironment } from '../../src/environment.js';

describe('settings', () => {
  it('have defaults for a first look', () => {
    expect(readEnvironment({ PORT: '' })).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 4000,
      BASIC_AUTH: false,
      CONFIGURABLE_FROM_DATABASE: true,
      STEWARD_DATA_DIR: './.steward',
    });
  });

  it('are refused all at once, each with its rule', () => {
    expect(() =>
      readEnvironment({
        PORT: '70000',
        DATABASE_URL: 'mysql://x/y',
        ADMIN_TOKEN: 'short',
        LOG_LEVEL: 'loud',
      }),
    ).toThrow(/DATABASE_URL[\s\S]+PORT[\s\S]+ADMIN_TOKEN[\s\S]+LOG_LEVEL/);
  });

  it('stand in docs/settings.md, each with its default, meaning and an example that is accepted, and no other does', () => {
    const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.+) \| `([^`]+)` \|$/gm)].map(
      ([, name = '', defaultValue, meaning, example]) => ({ name, defaultValue, meaning, example }),
    );
    const byName = (one: { name: string }, other: { name: string }) =>
      one.name.localeCompare(other.name);
    expect(
      rows
        .map(({ name, defaultValue, meaning }) => ({ name, defaultValue, meaning }))
        .toSorted(byName),
    ).toEqual(
      describeEnvironment()
        .map(({ name, defaultValue, meaning }) => ({
          name,
          defaultValue: defaultValue === undefined ? '' : `\`${defaultValue}\``,
          meaning: meaning.replaceAll('|', '\\|'),
        }))
        .toSorted(byName),
    );
    const examples = Object.fromEntries(rows.map(({ name, example }) => [name, example]));
    expect(() => readEnvironment(examples)).not.toThrow();
  });

  it('are read nowhere but in src/environment.ts', () => {
    const root = new URL('../../src/', import.meta.url);
    const readers = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (path) =>
        path.endsWith('.ts') &&
        !path.includes('generated') &&
        /process\.env\b(?!,\n\);)/.test(
          readFileSync(new URL(path, root), 'utf8').replaceAll(/^\s*\*.*$/gm, ''),
        ),
    );
    expect(readers).toEqual(['environment.ts']);
  });
});
