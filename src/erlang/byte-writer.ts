import { TermError } from './term-error.js';

/** A growing run of bytes; throws TermError once it would pass `limit`. */
export class ByteWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  constructor(private readonly limit: number) {}

  u8(value: number): void {
    const at = this.room(1);
    this.view.setUint8(at, value);
  }

  u16(value: number): void {
    const at = this.room(2);
    this.view.setUint16(at, value);
  }

  u32(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value);
  }

  i32(value: number): void {
    const at = this.room(4);
    this.view.setInt32(at, value);
  }

  f64(value: number): void {
    const at = this.room(8);
    this.view.setFloat64(at, value);
  }

  raw(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private room(count: number): number {
    const at = this.length;
    const needed = at + count;
    if (needed > this.limit)
      throw new TermError(`the term is larger than ${this.limit} bytes`, { offset: at });
    if (needed > this.bytes.length) this.grow(needed);
    this.length = needed;
    return at;
  }

  private grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}
