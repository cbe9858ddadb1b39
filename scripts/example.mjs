// Installs, generates, type-checks and runs examples/apollo-client against a Steward of its own: a free port, an embedded database in a
// temporary directory. Ends with the example's own exit status.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cwd = join(root, 'examples/apollo-client');
const npm = (words, env = process.env) =>
  execFileSync('npm', words, { cwd, env, stdio: 'inherit' });

npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts']);
npm(['run', '--silent', 'codegen']);
npm(['run', '--silent', 'build']);

const home = mkdtempSync(join(tmpdir(), 'steward-example-'));
const embedded = { ...process.env, DATABASE_URL: '', PORT: '0', STEWARD_DATA_DIR: home };
const server = spawn(process.execPath, ['dist/main.js', 'serve'], {
  cwd: root,
  env: embedded,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(server, 'exit');
try {
  let [url, token] = ['', ''];
  for await (const line of createInterface({ input: server.stdout })) {
    url ||= /(\S+\/graphql)$/.exec(line)?.[1] ?? '';
    token ||= /^ {2}Token of .*: (\S+)$/.exec(line)?.[1] ?? '';
    if (token) break;
  }
  if (!url || !token) throw new Error('Steward did not start.');
  npm(['run', '--silent', 'start'], { ...process.env, STEWARD_URL: url, STEWARD_TOKEN: token });
} finally {
  server.kill();
  await ended;
  rmSync(home, { recursive: true, force: true });
}
