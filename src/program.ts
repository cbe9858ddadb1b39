import { runCommand } from './cli/program.js';

/** Runs the command line this process was started with; the process ends with its status. */
export async function runProgram(): Promise<void> {
  const { stdin, stdout, stderr } = process;
  // Whoever reads may go, as `head` does: what was begun goes on, unheard.
  for (const stream of [stdout, stderr]) stream.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });
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
}

function write(stream: NodeJS.WriteStream): (line: string) => void {
  return (line) => void stream.write(`${line}\n`);
}
