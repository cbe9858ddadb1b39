import type { IncomingMessage } from 'node:http';
import type { Recorded, RequestRecord } from './request-record.js';

/** What is read of a request besides its body: a `Request` has it, and so has the short path's lighter one. */
export interface RequestHead extends Recorded {
  readonly method: string;
  readonly url: string;
}

/** A request as node:http has it, with its record. */
export class IncomingHead implements RequestHead {
  readonly method: string;
  readonly url: string;
  readonly record: RequestRecord;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage, record: RequestRecord) {
    this.#incoming = incoming;
    this.method = incoming.method ?? 'GET';
    this.url = incoming.url ?? '/';
    this.record = record;
  }

  get headers(): this {
    return this;
  }

  /** @param name in lower case. */
  get(name: string): string | null {
    const value = this.#incoming.headers[name];
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  }
}
