import { setFlagsFromString } from 'node:v8';
import { loadProgram } from './code-cache.js';

const { exports: program } = loadProgram<typeof import('./program.js')>(new URL('.', import.meta.url), () => {
  // V8 lets garbage grow to four times of what lives before it collects it; on a small machine that memory is PostgreSQL's to use.
  setFlagsFromString('--heap-growing-percent=40');
  // Under load V8 takes what each request makes for what stays, makes it at once where only full collections look, and then has those all the time.
  setFlagsFromString('--no-allocation-site-pretenuring');
});
await program.runProgram();
