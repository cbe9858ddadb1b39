/** Where in the input a fault lies, as far as it is known. */
export interface FaultPlace {
  /** Byte offset in an external term. */
  readonly offset?: number;
  /** Path in a JSON value, `$` being the whole: `$[0].tuple[1]`. */
  readonly path?: string;
  /** Line in Elixir text, counted from 1. */
  readonly line?: number;
}

/** The only error this folder throws: the input is not data we can carry, or exceeds a limit. */
export class TermError extends Error {
  override readonly name = 'TermError';
  readonly offset: number | undefined;
  readonly path: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, place: FaultPlace = {}) {
    super(message);
    this.offset = place.offset;
    this.path = place.path;
    this.line = place.line;
  }
}
