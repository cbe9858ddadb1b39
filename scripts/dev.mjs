// Serves from source: builds and starts again whenever a file below src or prisma changes. Traces name
// lines of the source. Settings are those of `steward serve`.
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { clearTimeout, setTimeout } from 'node:timers';

const root = new URL('..', import.meta.url);
const quiet = 200; // milliseconds without a change before it builds

let server;
let timer;

function start() {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) return;
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js', 'serve'], {
    cwd: root,
    stdio: 'inherit',
  });
}

async function restart() {
  if (server && server.exitCode === null) {
    const closed = new Promise((resolve) => server.once('close', resolve));
    server.kill('SIGTERM');
    await closed;
  }
  start();
}

for (const folder of ['src', 'prisma']) {
  watch(new URL(folder, root), { recursive: true }, (_event, name) => {
    if (name?.includes('generated')) return;
    clearTimeout(timer);
    timer = setTimeout(restart, quiet);
  });
}
start();
