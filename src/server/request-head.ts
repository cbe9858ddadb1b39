/** What is read of a request besides its body: a `Request` has it, and so has the short path's lighter one. */
export interface RequestHead {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}
