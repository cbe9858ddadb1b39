// Everything CI asks, one step after the other; all are run even when one fails. Ends with a line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'steward-check-'));
const run = (command, words) => spawnSync(command, words, { stdio: 'inherit' }).status === 0;
const npm = (script) => () => run('npm', ['run', '--silent', script]);

const tests = (project) => () => run('npx', ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile=${join(reports, `${project}.json`)}`]);

const steps = {
  build: npm('build'),
  example: npm('example'), // before lint, which reads the types it generates
  types: npm('types'),
  lint: npm('lint'),
  rules: npm('rules'),
  unused: npm('unused'),
  tests: tests('!faults'),
  faults: tests('faults'), // on their own: they hold to times
};

let [passed, failed] = [0, 0];
for (const [name, step] of Object.entries(steps)) {
  console.log(`\n--- ${name}`);
  if (step()) passed += 1;
  else {
    failed += 1;
    console.log(`--- ${name} failed`);
  }
}

for (const project of ['!faults', 'faults']) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(join(reports, `${project}.json`), 'utf8'));
    passed += numPassedTests;
    failed += numFailedTests;
  } catch {
    failed += 1;
  }
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
