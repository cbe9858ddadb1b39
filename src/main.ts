import { runCommand } from './cli/program.js';

const write = (stream: NodeJS.WriteStream) => (line: string): void => void stream.write(`${line}\n`);

process.exitCode = await runCommand(process.argv.slice(2), { out: write(process.stdout), error: write(process.stderr) }, process.env);
