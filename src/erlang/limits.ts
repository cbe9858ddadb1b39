import { TermError, type FaultPlace } from './term-error.js';

/** Bounds on one value, so that no input can exhaust the stack, the memory, the time or the instance's atom table. */
export interface Limits {
  /** Bytes of an external term, or characters of JSON or Elixir text. */
  readonly size: number;
  /** Bytes a compressed term may inflate to. */
  readonly inflatedSize: number;
  /** How deep terms may be nested. */
  readonly depth: number;
  /** How many terms there may be in all. */
  readonly terms: number;
  /** How many different atoms: the instance never frees one. */
  readonly atoms: number;
}

/** Erlang's own limit on an atom, in characters. */
const MAX_ATOM_LENGTH = 255;

/** Bytes in the magnitude of an integer: some 2400 decimal digits. */
export const MAX_INTEGER_BYTES = 1024;

/** The longest decimal text of an integer that is read. */
export const MAX_INTEGER_DIGITS = 2400;

/** Room for the largest settings there are (lists of some 25000 blocked instances), and harmless for the server. */
export const DEFAULT_LIMITS: Limits = {
  size: 2 * 1024 * 1024,
  inflatedSize: 2 * 1024 * 1024,
  depth: 200,
  terms: 100_000,
  atoms: 2_000,
};

/** Counts the terms of one value against its limits. */
export class Budget {
  private terms = 0;
  private depth = 0;
  private readonly atoms = new Set<string>();

  /** `place` tells where the reader stands when a limit is passed. */
  constructor(
    private readonly limits: Limits,
    private readonly place: () => FaultPlace,
  ) {}

  /** Begins a term; throws TermError when it is one too many or too deep. Pair with `leave`. */
  enter(): void {
    this.count(1);
    this.depth += 1;
    if (this.depth > this.limits.depth)
      this.refuse(`terms are nested deeper than ${this.limits.depth}`);
  }

  leave(): void {
    this.depth -= 1;
  }

  /** Counts `number` terms that are not entered one by one. */
  count(number: number): void {
    this.terms += number;
    if (this.terms > this.limits.terms)
      this.refuse(`there are more than ${this.limits.terms} terms`);
  }

  /** Checks the length of an atom and counts it once per value. */
  atom(name: string): void {
    if (name.length > MAX_ATOM_LENGTH && [...name].length > MAX_ATOM_LENGTH) {
      this.refuse(`an atom has more than ${MAX_ATOM_LENGTH} characters`);
    }
    this.atoms.add(name);
    if (this.atoms.size > this.limits.atoms)
      this.refuse(`there are more than ${this.limits.atoms} different atoms`);
  }

  private refuse(message: string): never {
    throw new TermError(message, this.place());
  }
}
