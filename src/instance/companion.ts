/** What Steward knows of the companion module in the instance. */
export interface Companion {
  /** Whether jobs for it are worth leaving. */
  readonly isThere: boolean;
}

/** An instance without the companion module. */
export const noCompanion: Companion = { isThere: false };
