import { TermError } from './term-error.js';

/** Where a converter stands in a JSON value, to name the place of a fault: `$[0].tuple[1]`. */
export class JsonPath {
  private readonly segments: (string | number)[] = [];

  /** Runs `convert` one step deeper. */
  at<Result>(segment: string | number, convert: () => Result): Result {
    this.segments.push(segment);
    const result = convert();
    this.segments.pop();
    return result;
  }

  toString(): string {
    return `$${this.segments.map((segment) => (/^[A-Za-z_]\w*$/.test(String(segment)) ? `.${segment}` : `[${JSON.stringify(segment)}]`)).join('')}`;
  }

  fail(message: string): never {
    throw new TermError(message, { path: this.toString() });
  }

  /** Runs `convert`, naming this path in the TermError it may throw without one. */
  locate<Result>(convert: () => Result): Result {
    try {
      return convert();
    } catch (error) {
      if (error instanceof TermError && error.path === undefined) this.fail(error.message);
      throw error;
    }
  }
}
