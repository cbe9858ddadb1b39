import { readFileSync } from 'node:fs';
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

  it('stand in the README, each with its default and meaning, and no other does', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.+) \|$/gm)].map(
      ([, name, defaultValue, meaning]) => ({ name, defaultValue, meaning }),
    );
    expect(rows).toEqual(
      describeEnvironment().map(({ name, defaultValue, meaning }) => ({
        name,
        defaultValue: defaultValue === undefined ? '' : `\`${defaultValue}\``,
        meaning: meaning.replaceAll('|', '\\|'),
      })),
    );
  });
});
