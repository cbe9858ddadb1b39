import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** A program and what it exports. */
export interface Loaded<Exports> {
  readonly exports: Exports;
  /** Whether V8 was spared compiling it. */
  readonly isCached: boolean;
  readonly script: Script;
}

/** What the build wraps the program in, so that it is a script: V8 keeps what it made of scripts, and of nothing else, for another process. */
type Wrapped<Exports> = (module: { exports: Exports }, require: NodeJS.Require, filename: string, dirname: string, importMetaUrl: string) => void;

/**
 * Loads `program.cjs`, which is ASCII, from a directory, by `program.cache` beside it where that was made of the same text by the same V8: parsing and
 * compiling some megabytes would take longer than all the rest of a start.
 * @param beforeRun called when it is compiled: what V8 keeps is good under the flags it was made with, and others can be set then.
 */
export function loadProgram<Exports>(directory: URL, beforeRun?: () => void): Loaded<Exports> {
  const file = new URL('program.cjs', directory);
  const [filename, source] = [fileURLToPath(file), readFileSync(file)];
  const cachedData = cacheFor(source, directory);
  const script = new Script(source.toString('latin1'), { filename, ...(cachedData ? { cachedData } : {}) });
  beforeRun?.();
  const module = { exports: {} as Exports };
  (script.runInThisContext() as Wrapped<Exports>)(module, createRequire(file), filename, fileURLToPath(directory), file.href);
  return { exports: module.exports, isCached: script.cachedDataRejected === false, script };
}

/** Leaves what V8 made of a program beside it; for the build. */
export function writeCodeCache({ script }: Loaded<unknown>, directory: URL): void {
  const [file, partial] = [new URL('program.cache', directory), new URL(`program.cache.${String(process.pid)}`, directory)];
  writeFileSync(partial, Buffer.concat([fingerprint(readFileSync(new URL('program.cjs', directory))), script.createCachedData()]));
  renameSync(partial, file);
}

/** V8 knows a cache from another version of its own, but not one of another text that is as long. */
function cacheFor(source: Buffer, directory: URL): Buffer | undefined {
  try {
    const cache = readFileSync(new URL('program.cache', directory));
    const expected = fingerprint(source);
    return cache.subarray(0, expected.length).equals(expected) ? cache.subarray(expected.length) : undefined;
  } catch {
    return undefined;
  }
}

function fingerprint(source: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(source));
  return bytes;
}
