import { loadProgram } from './code-cache.js';

await loadProgram<typeof import('./program.js')>(new URL('.', import.meta.url)).exports.runProgram();
