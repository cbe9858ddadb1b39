import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companionNeeds } from '../../src/instance/companion.js';
import { stubs, script } from '../support/elixir-stubs.js';

const source = new URL('../../deploy/instance/steward.ex', import.meta.url).pathname;
const hasElixir = spawnSync('elixirc', ['--version'], { stdio: 'ignore' }).status === 0;
const title = hasElixir
  ? 'the companion module'
  : 'the companion module (skipped: no elixirc on this machine)';

describe.skipIf(!hasElixir)(title, () => {
  const directory = mkdtempSync(join(tmpdir(), 'steward-module-'));
  let lines: string[] = [];

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  beforeAll(() => {
    writeFileSync(join(directory, 'stubs.ex'), stubs);
    writeFileSync(join(directory, 'script.exs'), script);
    const options = { cwd: directory, encoding: 'utf8', stdio: 'pipe' } as const;
    execFileSync('elixirc', ['-o', directory, 'stubs.ex'], options);
    // Functions the instance does not have, or has with other arities, are warnings.
    execFileSync(
      'elixirc',
      ['--warnings-as-errors', '-pa', directory, '-o', directory, source],
      options,
    );
    lines = execFileSync('elixir', ['-pa', directory, 'script.exs'], options).trim().split('\n');
  }, 120_000);

  const called = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));

  it('says which version it is and all that Steward needs of it', () => {
    const [answer = ''] = called('hello');
    expect(answer).toContain(`"steward" => ${String(companionNeeds.version)}`);
    for (const op of companionNeeds.ops) expect(answer).toContain(`"${op}"`);
  });

  it('forgets accounts, objects with their pages, rendered texts and streams', () => {
    expect(called('forget')).toEqual([
      'User.invalidate_cache "https://home.example/users/alice" "alice"',
      'Cachex.del :user_cache "friends_ap_ids:alice"',
      'User.invalidate_cache "https://far.example/users/rob" "rob@far.example"',
      'Cachex.del :user_cache "friends_ap_ids:rob@far.example"',
      'Cachex.del :object_cache "object:https://home.example/objects/1"',
      'Cachex.del :web_resp_cache "/objects/1"',
      'Activity.HTML.invalidate_cache_for "A1"',
      'Cachex.del :web_resp_cache "/objects/2"',
      'Streamer.close_streams_by_oauth_token 7',
      'Cachex.del :scrubber_cache "key"',
      ':ok',
    ]);
  });

  it('puts a changed setting back to what the files say before it reads the table', () => {
    expect(called('reload_config')).toEqual([
      'Holder.default_config :stub :changed',
      'TransferTask.load_and_update_env from the file',
      'TransferTask.pleroma_need_restart? :stub :changed [limit: 2]',
      'Restarter.need_reboot',
      ':ok',
    ]);
  });

  it('welcomes by mail, message and, where the instance has chats, chat message', () => {
    expect(called('welcome')).toEqual([
      'WelcomeEmail.send_email "alice"',
      'WelcomeMessage.post_message "alice"',
      'WelcomeChatMessage.post_message "alice"',
      ':ok',
    ]);
    expect(called('welcome deactivated')).toEqual([':ok']);
  });

  it('reloads emoji, purges and bans media, restarts', () => {
    expect(called('reload_emoji')).toEqual([
      'Cachex.clear :emoji_packs_cache',
      'Emoji.reload',
      ':ok',
    ]);
    expect(called('ban')).toEqual([
      'MediaProxy.put_in_banned_urls ["https://far.example/1.png"]',
      'Invalidation.purge ["https://far.example/1.png"]',
      ':ok',
    ]);
    expect(called('unban')[0]).toBe(
      'MediaProxy.remove_from_banned_urls ["https://far.example/1.png"]',
    );
    expect(called('purge')).toEqual(['Invalidation.purge ["https://far.example/1.png"]', ':ok']);
    expect(called('restart')).toEqual(['Restarter.restart :test 500', ':ok']);
  });

  it('discards what it does not know', () => {
    expect(called('unknown')).toEqual(['{:discard, "unknown op \\"drop\\""}']);
  });
});
