import { wholeSeconds } from '../../time.js';
import { seededRandom, type Random } from './random.js';

export interface SampleOptions {
  /** Address of the instance, `https://social.example`; part of every id. */
  baseUrl: string;
  /** The sample ends here; every time in it is counted back from it. */
  now: Date;
}

export type Row = Readonly<Record<string, unknown>>;

/** What all builders share: an address, a clock and dice. */
export interface World {
  readonly base: string;
  readonly host: string;
  readonly now: Date;
  readonly random: Random;
  readonly daysAgo: (days: number) => Date;
  /** A moment between the two, the earlier one included. */
  between(from: Date, to: Date): Date;
  /** A flake id made at `time`. */
  flakeAt(time: Date): string;
}

export const minutes = 60_000;
export const days = 24 * 60 * minutes;

export function createWorld({ baseUrl, now }: SampleOptions): World {
  const { origin, host } = new URL(baseUrl);
  const random = seededRandom(20_250_806);
  const worker = random.bytes(6).toString('hex');
  const madeAt = new Map<number, number>();

  return {
    base: origin,
    host,
    now,
    random,
    daysAgo: (count) => new Date(now.getTime() - Math.round(count * days)),
    between: (from, to) =>
      new Date(from.getTime() + random.below(Math.max(1, to.getTime() - from.getTime()))),
    flakeAt: (time) => {
      const sequence = madeAt.get(time.getTime()) ?? 0;
      madeAt.set(time.getTime(), sequence + 1);
      const hex =
        time.getTime().toString(16).padStart(16, '0') +
        worker +
        sequence.toString(16).padStart(4, '0');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}

export function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}

/** For timestamp columns: naive UTC in whole seconds. */
export function naive(time: Date): string {
  return wholeSeconds(time).toISOString().slice(0, 19);
}

/** For ActivityPub documents: UTC with microseconds. */
export function published(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}

export function timestamps(
  time: Date,
  updated: Date = time,
): { inserted_at: string; updated_at: string } {
  return { inserted_at: naive(time), updated_at: naive(updated) };
}

/** Tokens as the instance makes them: 32 bytes, URL-safe base64 with padding. */
export function paddedToken(random: Random): string {
  return `${random.bytes(32).toString('base64url')}=`;
}
