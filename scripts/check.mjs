// Everything CI asks: all steps are run even when one fails. Ends with a line that counts them.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'steward-check-'));
const npm = (script) => ['npm', 'run', '--silent', script];
const tests = (name, ...projects) => [
  'npx',
  'vitest',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${join(reports, `${name}.json`)}`,
];

const steps = {
  build: npm('build'),
  example: npm('example'), // before lint, which reads the types it generates
  format: npm('format:check'),
  lint: npm('lint'),
  types: npm('types'),
  rules: npm('rules'),
  unused: npm('unused'),
  pure: tests('pure', 'pure'),
  worlds: tests('worlds', '*-postgres', '*-pglite'),
  faults: tests('faults', 'faults'), // on their own: they hold to times
};

let [passed, failed] = [0, 0];
function count(name, isFine) {
  if (isFine) passed += 1;
  else {
    failed += 1;
    console.log(`--- ${name} failed`);
  }
}

/** Runs a step; one that runs beside others speaks when it is over. */
async function run(name, isAlone) {
  if (isAlone) console.log(`\n--- ${name}`);
  const [command, ...words] = steps[name];
  const child = spawn(command, words, { stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (!isAlone) console.log(`\n--- ${name}\n${said}`);
  count(name, status === 0);
}

async function inTurn(names, isAlone) {
  for (const name of names) await run(name, isAlone);
}

await inTurn(['build'], true);
await Promise.all([
  inTurn(['example', 'format', 'lint'], false),
  inTurn(['types', 'rules', 'unused', 'pure'], false),
]); // about one core each
await inTurn(['worlds', 'faults'], true);

for (const name of ['pure', 'worlds', 'faults']) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(
      readFileSync(join(reports, `${name}.json`), 'utf8'),
    );
    passed += numPassedTests;
    failed += numFailedTests;
  } catch {
    failed += 1;
  }
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
