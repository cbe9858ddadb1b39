import type { Readable, Writable } from 'node:stream';

/** Where a command writes, and whom it can ask. */
export interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Text without the end of a line, before an answer is read. */
  readonly write?: (text: string) => void;
  /** Somebody at a terminal; absent = nobody. */
  readonly terminal?: { readonly input: Readable; readonly output: Writable } | undefined;
  /** What is piped in, for one answer. */
  readonly input?: Readable | undefined;
}
