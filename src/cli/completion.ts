import tab from '@bomb.sh/tab';
import complete from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { localNicknames } from '../database/local-accounts.js';
import type { Runtime } from './runtime.js';

/** How many nicknames are offered at most. */
const maxOffered = 50;

/** Whether an argument names an account there is. */
function isNickname(command: Command, name: string): boolean {
  return ['nickname', 'local'].includes(name) && command.name() !== 'new';
}

/**
 * What `complete bash` prints. It needs nothing but bash, where the library's script needs the package bash-completion and can be
 * loaded only once.
 */
const bashScript = `# bash completion for steward
__steward_complete() {
  local line=\${COMP_LINE:0:COMP_POINT} current value description
  local -a words=()
  read -ra words <<< "$line"
  if [[ $line == *[[:space:]] ]]; then words+=(''); fi
  current=\${words[\${#words[@]}-1]}
  COMPREPLY=()
  while IFS=$'\\t' read -r value description; do
    if [[ $value != :* && $value == "$current"* ]]; then COMPREPLY+=("$value"); fi
  done < <("\${words[0]}" complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -F __steward_complete steward`;

/** The script for bash, when that is what the words ask for. */
export function bashCompletion(words: readonly string[]): string | undefined {
  return words.length === 2 && words[0] === 'complete' && words[1] === 'bash'
    ? bashScript
    : undefined;
}

/**
 * `complete bash|zsh|fish` prints a script that completes commands, options and nicknames; call after all commands are there.
 * @param withRuntime absent = nicknames are not completed.
 */
export function addCompletion(
  program: Command,
  withRuntime?: (work: (runtime: Runtime) => Promise<void>) => Promise<void>,
): void {
  const groups = [...program.commands];
  complete(program);
  let nicknames: readonly string[] = [];
  for (const group of groups) {
    for (const command of group.commands) {
      for (const argument of command.registeredArguments.filter((one) =>
        isNickname(command, one.name()),
      )) {
        tab.commands
          .get(`${group.name()} ${command.name()}`)
          ?.argument(argument.name(), (offer) => {
            for (const nickname of nicknames) offer(nickname, '');
          });
      }
    }
  }
  const completion = program.commands.find((command) => command.name() === 'complete');
  completion?.addHelpText(
    'after',
    '\nExample:\n  source <(steward complete bash)\n  steward complete zsh > ~/.steward.zsh && echo "source ~/.steward.zsh" >> ~/.zshrc\n  steward complete fish | source',
  );
  completion?.hook('preAction', async (_command, action) => {
    const begun = begunNickname(groups, action.args);
    if (begun === undefined || !withRuntime) return;
    // Whatever is wrong with the database, a completion that fails says nothing.
    await withRuntime(async ({ database }) => {
      nicknames = await localNicknames(database.prisma, begun, maxOffered);
    }).catch(() => undefined);
  });
}

/** The beginning of the nickname at which a command line ends; undefined where it ends at something else. */
function begunNickname(groups: readonly Command[], words: readonly string[]): string | undefined {
  const [groupName, taskName, ...rest] = words;
  const task = groups
    .find((group) => group.name() === groupName)
    ?.commands.find((command) => command.name() === taskName);
  const last = rest.at(-1);
  if (!task || last === undefined || last.startsWith('-')) return undefined;
  const place = rest.filter((word) => !word.startsWith('-')).length - 1;
  const argument = task.registeredArguments[place];
  return argument && isNickname(task, argument.name()) ? last : undefined;
}
