import { Option, type Command } from 'commander';
import { scopesOf } from '../auth/token-scopes.js';
import { createContext } from '../context.js';
import { dayFrom } from '../database/time.js';
import { failure } from '../errors.js';
import { tokenCreate } from '../resolvers/tokens/create.js';
import { tokenRevoke } from '../resolvers/tokens/revoke.js';
import { exitCodes } from './exit-codes.js';
import { printableLine } from './printable.js';
import { Refusal } from './refusal.js';
import type { Runtime } from './runtime.js';

interface CreateOptions {
  /** As before the nickname was an argument. */
  readonly user?: string;
  readonly scopes: string;
  readonly expiresIn?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

/** `steward token …`: bearer tokens for scripts, made and ended at the shell. */
export function addTokenTasks(
  program: Command,
  print: (line: string) => void,
  withRuntime: (work: (runtime: Runtime) => Promise<void>) => Promise<void>,
): void {
  const token = program
    .command('token')
    .description('Bearer tokens for scripts and dashboards')
    .addHelpText('after', '\nExample:\n  steward token create admin --expires-in 30d');
  token
    .command('create')
    .description('Make a token for a local account and print it; it is shown only once')
    .argument('[nickname]', 'whose token it is')
    .addOption(new Option('--user <nickname>', 'the same').hideHelp())
    .option('--scopes <scopes>', 'separated by spaces or commas', 'admin')
    .option(
      '--expires-in <when>',
      'days or hours from now (90d, 12h) or the last day (2030-12-31, UTC); default: 90d',
    )
    .addOption(new Option('--expires <when>', 'the same').hideHelp())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  steward token create admin --scopes "admin:read admin:write:accounts" --expires-in 30d',
    )
    .action(
      (
        argument: string | undefined,
        { user: option, scopes, expires, expiresIn = expires ?? '90d', json }: CreateOptions,
      ) =>
        withRuntime(async ({ source }) => {
          const nickname = nicknameOf(argument, option);
          const context = createContext(source, { kind: 'operator' });
          const { user, row } = await tokenCreate(context, {
            user: { nickname },
            scopes: scopesOf(scopes),
            expiresAt: endOf(expiresIn, context.now()),
          });
          const expiresAt = row.validUntil?.toISOString() ?? null;
          if (json)
            print(
              JSON.stringify({
                id: Number(row.id),
                token: row.token,
                user: user.nickname,
                scopes: row.scopes,
                expiresAt,
              }),
            );
          else
            [
              row.token ?? '',
              `id ${String(row.id)}, @${user.nickname ?? ''}, ${row.scopes.join(' ')}, until ${expiresAt ?? ''}`,
            ].forEach((line) => {
              print(printableLine(line));
            });
        }),
    );
  token
    .command('revoke')
    .description('End a token, named by itself or by its id')
    .argument('<token_or_id>')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  steward token revoke 12')
    .action((tokenOrId: string, { json }: { readonly json?: boolean }) =>
      withRuntime(async ({ source }) => {
        await tokenRevoke(createContext(source, { kind: 'operator' }), { tokenOrId });
        print(json ? JSON.stringify({ revoked: true }) : 'The token was revoked.');
      }),
    );
}

/** @throws Refusal when neither the argument nor the option names an account, or both name another. */
function nicknameOf(argument: string | undefined, option: string | undefined): string {
  const nickname = argument ?? option;
  if (nickname === undefined)
    throw new Refusal(
      'error: missing: nickname (token create <nickname>)',
      'INVALID',
      exitCodes.usage,
    );
  if (option !== undefined && option !== nickname)
    throw new Refusal(
      'error: the argument and --user name two accounts',
      'INVALID',
      exitCodes.usage,
    );
  return nickname;
}

/** The last second of a day, in milliseconds after its midnight. */
const lastSecond = 86_399_000;
const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** @throws OperationError INVALID for what is no time. */
function endOf(text: string, now: Date): Date {
  const [, amount, unit = ''] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(now.getTime() + Number(amount) * (units[unit] ?? 0));
  const day = dayFrom(text);
  if (!day)
    throw failure(
      'INVALID',
      `expires must be like 90d, 12h or 2030-12-31, not "${text.slice(0, 50)}".`,
      ['expires'],
    );
  return new Date(day.getTime() + lastSecond);
}
