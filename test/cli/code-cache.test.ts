import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const loader = new URL('../../dist/code-cache.js', import.meta.url).href;
let home: string;
let directory: URL;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'steward-code-'));
  directory = pathToFileURL(`${home}/`);
});
afterEach(() => { rmSync(home, { recursive: true, force: true }); });

/** As the build wraps it: scripts/build.mjs. */
const write = (body: string): void => { writeFileSync(join(home, 'program.cjs'), `(function (module, require, __filename, __dirname, importMetaUrl) {${body}})`); };
/** In a process of its own, for V8 remembers what it compiled in this one. */
const run = (script: string): string => execFileSync(process.execPath, ['--input-type=module', '-e', `import { loadProgram, writeCodeCache } from '${loader}'; const directory = new URL('${directory.href}'); ${script}`], { encoding: 'utf8' });
const load = (): unknown => JSON.parse(run('const { exports, isCached } = loadProgram(directory); console.log(JSON.stringify({ ...exports, isCached }));'));
const cache = (): void => { run('writeCodeCache(loadProgram(directory), directory);'); };

describe('the program is loaded from what V8 made of it', () => {
  it('runs without a cache, and with one', () => {
    write('module.exports = { answer: 1 };');
    expect(load()).toEqual({ answer: 1, isCached: false });
    cache();
    expect(load()).toEqual({ answer: 1, isCached: true });
  });

  it('never runs what was cached of another text, even one as long', () => {
    write('module.exports = { answer: 1 };');
    cache();
    write('module.exports = { answer: 2 };');
    expect(load()).toEqual({ answer: 2, isCached: false });
  });

  it.each(['cut short', 'made by another V8', 'empty'])('passes over a cache that is %s', (flaw) => {
    write('module.exports = { answer: 1 };');
    cache();
    const file = join(home, 'program.cache');
    const made = readFileSync(file);
    if (flaw === 'made by another V8') made.fill(0, 4, 36);
    writeFileSync(file, { 'cut short': made.subarray(0, 40), 'made by another V8': made, empty: '' }[flaw] ?? '');
    expect(load()).toEqual({ answer: 1, isCached: false });
  });

  it('can require, and knows where it is', () => {
    write('module.exports = { answer: [require("node:path").basename(__filename), __dirname, importMetaUrl] };');
    expect(load()).toEqual({ answer: ['program.cjs', `${home}/`, new URL('program.cjs', directory).href], isCached: false });
  });
});
