import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const { dependencies, bin } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  dependencies: Record<string, string>;
  bin: Record<string, string>;
};
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as { files: { path: string }[] }[];
const files = packed?.files.map(({ path }) => path) ?? [];

describe('the package that npm pack makes', () => {
  it('holds the program, the SQL, the documentation and the notices of what it bundles', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        ...Object.values(bin).map((path) => path.replace('./', '')),
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'SECURITY.md',
        'deploy/steward.service',
        'dist/NOTICES.txt',
        'dist/bundled.json',
        'dist/embedded.tar.gz',
        'dist/favicon-32x32.png',
        'dist/steward.sql',
        'dist/swagger-ui-bundle.js',
        'dist/swagger-ui.css',
        'docs/grants.sql',
        'docs/settings.md',
        'prisma/steward/schema.sql',
        'schema.graphql',
      ]),
    );
  });

  it('holds no source, test, tool, source map or database', () => {
    const others = files.filter(
      (path) =>
        !/^(dist|docs|deploy|prisma)\/|^[A-Z]+(\.md)?$|^(package\.json|schema\.graphql)$/.test(
          path,
        ),
    );
    expect(others).toEqual([]);
    expect(files.filter((path) => /prebuild|\.map$|\.tsx?$|\.mjs$|\.cjs$/.test(path))).toEqual([]);
  });

  it('runs with nothing in node_modules but its dependencies', () => {
    const home = mkdtempSync(join(tmpdir(), 'steward-package-'));
    try {
      for (const path of files) cpSync(new URL(path, root), join(home, path));
      for (const name of Object.keys(dependencies)) {
        mkdirSync(dirname(join(home, 'node_modules', name)), { recursive: true });
        symlinkSync(new URL(`node_modules/${name}`, root), join(home, 'node_modules', name));
      }
      const program = join(home, bin['steward'] ?? '');
      const { stdout, status } = spawnSync(
        process.execPath,
        [program, 'user', 'tag', 'mira', 'vip'],
        { cwd: home, encoding: 'utf8', env: { LOG_LEVEL: 'silent' } },
      );
      expect({ stdout, status }).toMatchObject({ status: 0 });
      expect(stdout).toContain('vip');
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
