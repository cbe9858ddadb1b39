import { readFileSync } from 'node:fs';

const ticksPerMillisecond = 1 / 10;

/** CPU milliseconds a process used so far, threads included; undefined where the system does not tell. */
export function cpuOf(pid: number | undefined): number | undefined {
  const fields = procFile(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) / ticksPerMillisecond;
}

/** Megabytes a process has in memory now. */
export function memoryOf(pid: number | undefined): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(procFile(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
}

function procFile(pid: number | undefined, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
