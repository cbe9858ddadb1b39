import { tableRows } from '../support/docs-table.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      Partial<Manifest> & {
        readonly version?: string;
        readonly resolved?: string;
        readonly integrity?: string;
        readonly hasInstallScript?: boolean;
      }
    >
  >;
}

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as Lock;
const [, installs = '', bundles = '', builds = '', scripts = ''] =
  read('docs/dependencies.md').split(/^## /m);
/** Names of what the build put into dist/. */
const bundled = new Set(
  (JSON.parse(read('dist/bundled.json')) as string[]).map((ref) => ref.replace(/@[^@]+$/, '')),
);
const developed = (isBundled: boolean): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(manifest.devDependencies).filter(([name]) => bundled.has(name) === isBundled),
  );
const named = (part: string): string[] =>
  tableRows(part).map(([name = '']) => name.replaceAll('`', ''));

describe('what is installed', () => {
  it.each([
    ['What is installed', installs, manifest.dependencies],
    ['What is bundled', bundles, developed(true)],
    ['What builds and tests', builds, developed(false)],
  ])(
    'docs/dependencies.md, "%s": every package and no other, each with what it does, why, and what we would do without it',
    (_title, part, dependencies) => {
      const documented = named(part);
      expect(
        Object.keys(dependencies).filter((name) => !documented.includes(name)),
        'add a row to docs/dependencies.md for',
      ).toEqual([]);
      expect(
        documented.filter((name) => !(name in dependencies)),
        'take out of docs/dependencies.md',
      ).toEqual([]);
      for (const row of tableRows(part))
        expect(
          row.filter((cell) => cell !== ''),
          row[0],
        ).toHaveLength(4);
    },
  );

  it('every version is exact', () => {
    const versions = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.overrides,
    });
    expect(
      versions.filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });

  it('the lock file says the same as package.json, and installs those versions', () => {
    const root = lock.packages[''];
    expect({ ...root?.dependencies }, 'package-lock.json is older than package.json').toEqual(
      manifest.dependencies,
    );
    expect({ ...root?.devDependencies }, 'package-lock.json is older than package.json').toEqual(
      manifest.devDependencies,
    );
    for (const [name, version] of Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
    }))
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  });

  it('every package has a hash and comes from one place', () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(
      packages
        .filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)
        .map(([path]) => path),
    ).toEqual([]);
    const origins = new Set(
      packages.flatMap(([, { resolved }]) =>
        resolved === undefined ? [] : [new URL(resolved).origin],
      ),
    );
    expect(origins.size, [...origins].join()).toBeLessThanOrEqual(1);
  });

  it('no package has an install script but those docs/dependencies.md gives a reason for', () => {
    const known = named(scripts);
    const having = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(
      having.filter(
        (name) => !known.includes(name) && !known.includes(name.replace(/\/.*$/, '/*')),
      ),
    ).toEqual([]);
    expect(
      known.filter(
        (name) =>
          !having.some((other) => other === name || `${other.split('/')[0] ?? ''}/*` === name),
      ),
    ).toEqual([]);
  });
});
