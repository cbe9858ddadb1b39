import complete from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** `complete bash|zsh|fish` prints a script that completes commands and options; call after all of them are there. */
export function addCompletion(program: Command): void {
  complete(program);
  program.commands
    .find((command) => command.name() === 'complete')
    ?.addHelpText('after', '\nExample:\n  source <(steward complete bash)\n  steward complete zsh > ~/.steward.zsh && echo "source ~/.steward.zsh" >> ~/.zshrc\n  steward complete fish | source');
}
