import type { Command } from 'commander';
import { scopesOf } from '../auth/token-scopes.js';
import { createContext } from '../context.js';
import { failure } from '../errors.js';
import { tokenCreate } from '../resolvers/tokens/create.js';
import { tokenRevoke } from '../resolvers/tokens/revoke.js';
import type { Runtime } from './runtime.js';

interface CreateOptions {
  readonly user: string;
  readonly scopes: string;
  readonly expires: string;
  readonly json?: boolean;
}

/** `steward token …`: bearer tokens for scripts, made and ended at the shell. */
export function addTokenTasks(program: Command, print: (line: string) => void, withRuntime: (work: (runtime: Runtime) => Promise<void>) => Promise<void>): void {
  const token = program.command('token').description('Bearer tokens for scripts and dashboards').addHelpText('after', '\nExample:\n  steward token create --user admin --expires 30d');
  token
    .command('create')
    .description('Make a token for a local account and print it; it is shown only once')
    .requiredOption('--user <nickname>', 'whose token it is')
    .option('--scopes <scopes>', 'separated by spaces or commas', 'admin')
    .option('--expires <when>', 'days or hours from now (90d, 12h) or the last day (2030-12-31, UTC)', '90d')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  steward token create --user admin --scopes "admin:read admin:write:accounts" --expires 30d')
    .action(({ user: nickname, scopes, expires, json }: CreateOptions) => withRuntime(async ({ source }) => {
      const context = createContext(source, { kind: 'operator' });
      const { user, row } = await tokenCreate(context, { user: { nickname }, scopes: scopesOf(scopes), expiresAt: endOf(expires, context.now()) });
      const expiresAt = row.validUntil?.toISOString() ?? null;
      if (json) print(JSON.stringify({ id: Number(row.id), token: row.token, user: user.nickname, scopes: row.scopes, expiresAt }));
      else [row.token ?? '', `id ${String(row.id)}, @${user.nickname ?? ''}, ${row.scopes.join(' ')}, until ${expiresAt ?? ''}`].forEach(print);
    }));
  token
    .command('revoke')
    .description('End a token, named by itself or by its id')
    .argument('<token_or_id>')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  steward token revoke 12')
    .action((tokenOrId: string, { json }: { readonly json?: boolean }) => withRuntime(async ({ source }) => {
      await tokenRevoke(createContext(source, { kind: 'operator' }), { tokenOrId });
      print(json ? JSON.stringify({ revoked: true }) : 'The token was revoked.');
    }));
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** @throws OperationError INVALID for what is no time. */
function endOf(text: string, now: Date): Date {
  const [, amount, unit = ''] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(now.getTime() + Number(amount) * (units[unit] ?? 0));
  const end = new Date(`${text}T23:59:59Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(end.getTime()) || !end.toISOString().startsWith(text)) throw failure('INVALID', `expires must be like 90d, 12h or 2030-12-31, not "${text.slice(0, 50)}".`, ['expires']);
  return end;
}
