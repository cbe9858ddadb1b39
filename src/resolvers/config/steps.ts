/**
 * Points between which an export or import may be cut short; tests stop or fail there
 * (docs/security-checklist.md#s19).
 */
export type Step = 'read' | 'file-written' | 'rows-written' | 'rows-deleted' | 'committed';

/** Called at each step; what it throws ends the work there. */
export type OnStep = (step: Step) => Promise<void>;

/** Goes on. */
export const goOn: OnStep = () => Promise.resolve();
