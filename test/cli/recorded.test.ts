import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { changesOf } from '../support/changes.js';
import { shell } from '../support/shell.js';
import { breakFollow, makeTown, usedInvite } from '../support/town.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
beforeEach(() => makeTown(world));

/** What a real Akkoma 3.16 was told, said and changed. */
interface Recorded {
  readonly name: string;
  readonly words: readonly string[];
  readonly stdin?: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly changes: readonly string[];
}

const recordings = JSON.parse(
  readFileSync(new URL('../fixtures/cli-user.json', import.meta.url), 'utf8'),
) as Recorded[];
const resetPath = '/api/v1/pleroma/password_reset/<token>';
const unsubscribed = (...names: string[]): string[] =>
  names.map((name) => `delete following_relationships ${name}`);

/** Where Steward does otherwise on purpose (docs/deviations.md): what the documents promise, tasks of old names, usage in its own words. */
const deviations: Readonly<Record<string, Partial<Recorded>>> = {
  'new generated password': { stdout: wholeLink('new generated password') },
  'new old syntax (email only)': {
    exit: 2,
    stderr: 'error: missing: nickname (user new <nickname> <email>)\n',
  },
  'invite --max-use bad': {
    exit: 2,
    stderr:
      "error: option '--max-use <number>' argument 'x' is invalid. It must be a whole number.\n",
  },
  deactivate: {
    changes: [
      ...unsubscribed('alice>bob', 'alice>mallory', 'bob>alice', 'carol>alice', 'mallory>alice'),
      'update users alice follower_count=1 following_count=1 is_active=false',
      'update users bob follower_count=0 following_count=0',
      'update users carol following_count=0',
      'update users mallory follower_count=1 following_count=0',
    ],
  },
  deactivate_all_from_instance: {
    changes: [
      ...unsubscribed(
        'alice>rob@remote.example',
        'rob@remote.example>alice',
        'rob@remote.example>mallory',
      ),
      'update users alice follower_count=3 following_count=2',
      'update users mallory follower_count=1',
      'update users rita@remote.example is_active=false',
      'update users rob@remote.example is_active=false',
    ],
  },
  'toggle_confirmed (old)': {
    exit: 0,
    stdout: 'alice needs confirmation.\n',
    changes: ['update users alice confirmation_token=<token> is_confirmed=false'],
  },
  'unsubscribe_all_from_instance (old)': {
    exit: 0,
    stdout: [
      'Deactivating rob@remote.example',
      'Unsubscribing alice from rob@remote.example',
      'Unsubscribing mallory from rob@remote.example',
      'Successfully unsubscribed all followers from rob@remote.example',
      'Deactivating rita@remote.example',
      'Successfully unsubscribed all followers from rita@remote.example',
      '',
    ].join('\n'),
    changes: [
      ...unsubscribed(
        'alice>rob@remote.example',
        'rob@remote.example>alice',
        'rob@remote.example>mallory',
      ),
      'update users alice follower_count=3 following_count=2',
      'update users mallory follower_count=1',
      'update users rita@remote.example is_active=false',
      'update users rob@remote.example is_active=false',
    ],
  },
  reset_password: { stdout: wholeLink('reset_password') },
  unconfirm_all: {
    changes:
      recordings
        .find(({ name }) => name === 'unconfirm_all')
        ?.changes.filter((line) => !line.includes(' dave ')) ?? [],
  },
  send_confirmation: { changes: ['insert oban_jobs MailerWorker email available'] },
  'bogus subcommand': { exit: 2, stderr: "error: unknown command 'bogus'\n" },
};

/** The documents say "link" where Akkoma prints a path. */
function wholeLink(name: string): string {
  return (
    recordings
      .find((recording) => recording.name === name)
      ?.stdout.replace(resetPath, `https://home.example${resetPath}`) ?? ''
  );
}

/** What is refused with a message and exit status 0 there has 1 here. */
function meant(recording: Recorded): Omit<Recorded, 'name' | 'words'> {
  const { exit, stdout, stderr, changes } = {
    ...recording,
    ...(recording.stderr === '' ? {} : { exit: 1 }),
    ...deviations[recording.name],
  };
  const ownTables = (line: string): string =>
    world.family === 'pleroma'
      ? line.replace('BackgroundWorker delete_user', 'DeleteWorker delete_user')
      : line;
  return {
    exit,
    stdout,
    stderr,
    changes: changes
      .map(ownTables)
      .filter((line) => world.family === 'akkoma' || line !== 'insert signing_keys')
      .sort(),
  };
}

const blur = (text: string): string => text.replace(/[\w-]{40,}(?:=|%3D)/g, '<token>');

it.each(recordings)('$name', async (recording) => {
  if (recording.name.startsWith('fix_follow_state discrepancy')) await breakFollow(world);
  const words = recording.words.map((word) => (word === '<used invite>' ? usedInvite : word));
  const { result, changes } = await changesOf(world, () => shell(world, words, recording.stdin));
  // What tells a running instance of a change was added by Steward: the jobs, the ended sessions, and a line that says so.
  const told = result.stderr.replace(/^(?:QUEUED|NEEDS_\w+).*\n/gm, '');
  const recorded = changes.filter(
    (line) =>
      !/^(?:insert oban_jobs BackgroundWorker user_activation|delete oauth_)/.test(line) ||
      recording.changes.includes(line),
  );
  expect({ ...result, stdout: blur(result.stdout), stderr: blur(told), changes: recorded }).toEqual(
    meant(recording),
  );
});

it('recorded 44 command lines', () => {
  expect(recordings).toHaveLength(44);
  expect(
    Object.keys(deviations).filter(
      (name) => !recordings.some((recording) => recording.name === name),
    ),
  ).toEqual([]);
});
