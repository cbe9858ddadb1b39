import module from 'node:module';

// Node 22 keeps what V8 made of the program for the next start; Node 20 has no such thing.
const enableCompileCache: unknown = Reflect.get(module, 'enableCompileCache');
if (typeof enableCompileCache === 'function') Reflect.apply(enableCompileCache, module, []);
const { runCommand } = await import('./cli/program.js');

const { stdin, stdout, stderr } = process;
// Whoever reads may go, as `head` does: what was begun goes on, unheard.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
const write =
  (stream: NodeJS.WriteStream) =>
  (line: string): void =>
    void stream.write(`${line}\n`);
process.exitCode = await runCommand(
  process.argv.slice(2),
  {
    out: write(stdout),
    error: write(stderr),
    write: (text) => void stdout.write(text),
    terminal: stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : undefined,
    input: stdin,
  },
  process.env,
);
