import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { DirectoryInUseError, lockDirectory } from '../../src/database/embedded/lock.js';
import { openEmbedded } from '../../src/database/embedded/open.js';
import { engineName, family } from '../support/engine.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'steward-embedded-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('the lock of the data directory (PGlite has none)', () => {
  it('is refused while another process lives, and taken over from a dead one', () => {
    writeFileSync(join(directory, 'steward.lock'), String(process.ppid));
    expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
    writeFileSync(join(directory, 'steward.lock'), '999999999');
    const unlock = lockDirectory(directory);
    unlock();
    expect(existsSync(join(directory, 'steward.lock'))).toBe(false);
  });
});

describe.runIf(engineName === 'pglite')('the embedded database', () => {
  it('starts from the archive, keeps what is written, and begins anew after a first start cut short', async () => {
    const archive = new URL(`file://${join(inject('archives'), `${family}.tar.gz`)}`);
    writeFileSync(join(directory, 'data.partial'), 'left behind');
    const first = await openEmbedded(directory, archive);
    const stamp = new Date(0);
    await first.prisma.moderationLogEntry.create({
      data: { data: {}, insertedAt: stamp, updatedAt: stamp },
      select: { id: true },
    });
    await first.close();
    const second = await openEmbedded(directory, archive);
    expect(second.family).toBe(family);
    expect(await second.prisma.moderationLogEntry.count()).toBe(1);
    await second.close();
  });
});
