// Everything CI asks, one step after the other; all are run even when one fails. Ends with a line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const report = join(mkdtempSync(join(tmpdir(), 'steward-check-')), 'tests.json');
const run = (command, words) => spawnSync(command, words, { stdio: 'inherit' }).status === 0;
const npm = (script) => () => run('npm', ['run', '--silent', script]);

const steps = {
  build: npm('build'),
  example: npm('example'), // before lint, which reads the types it generates
  types: npm('types'),
  lint: npm('lint'),
  rules: npm('rules'),
  unused: npm('unused'),
  tests: () => run('npx', ['vitest', 'run', '--project', '!faults', '--reporter=default', '--reporter=json', `--outputFile=${report}`]),
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

try {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
} catch {
  failed += 1;
}
rmSync(report, { force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
