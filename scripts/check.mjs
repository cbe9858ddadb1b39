// Everything CI asks, one step after the other; all are run even when one fails. Ends with a line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'steward-check-'));
const reportOf = (step) => join(reports, `${step}.json`);
const vitest = (step, projects) => () => run('npx', ['vitest', 'run', '--project', projects, '--reporter=default', '--reporter=json', `--outputFile=${reportOf(step)}`]);
const run = (command, words) => spawnSync(command, words, { stdio: 'inherit' }).status === 0;
const npm = (script) => () => run('npm', ['run', '--silent', script]);

const steps = {
  build: npm('build'),
  example: npm('example'), // before lint, which reads the types it generates
  types: npm('types'),
  lint: npm('lint'),
  rules: npm('rules'),
  unused: npm('unused'),
  tests: vitest('tests', '!faults'),
  faults: vitest('faults', 'faults'),
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

for (const step of ['tests', 'faults']) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(reportOf(step), 'utf8'));
    passed += numPassedTests;
    failed += numFailedTests;
  } catch {
    failed += 1;
  }
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
