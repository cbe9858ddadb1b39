import { TermError } from './term-error.js';

/** A cursor over bytes that never reads past their end: it throws TermError with the offset instead. */
export class ByteReader {
  offset = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    // A plain view, also over a Buffer, whose slice would share memory instead of copying.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  fail(message: string): never {
    throw new TermError(message, { offset: this.offset });
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2));
  }

  u32(): number {
    return this.view.getUint32(this.advance(4));
  }

  i32(): number {
    return this.view.getInt32(this.advance(4));
  }

  f64(): number {
    return this.view.getFloat64(this.advance(8));
  }

  /** A copy of the next `length` bytes. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.slice(start, start + length);
  }

  /** A copy of what was read since `start`. */
  since(start: number): Uint8Array {
    return this.bytes.slice(start, this.offset);
  }

  /** Moves on by `length` bytes and returns where they began. */
  advance(length: number): number {
    if (length > this.remaining) this.fail('the bytes end within a term');
    const start = this.offset;
    this.offset += length;
    return start;
  }
}
