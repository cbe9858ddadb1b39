import { setFlagsFromString } from 'node:v8';

/** Lets the heap grow by no more than half before it is collected: a task over very many rows would leave it to several times what it needs. */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
