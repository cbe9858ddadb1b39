import { describe, expect, it } from 'vitest';
import { companionOf, diagnose, instanceLines } from '../../src/cli/doctor.js';
import { CompanionWatch } from '../../src/cli/companion.js';
import { runWords } from '../../src/cli/program.js';
import { settledSighting } from '../../src/cli/runtime.js';
import { readEnvironment } from '../../src/environment.js';
import { companionNeeds, describeSighting } from '../../src/instance/companion.js';
import { companionJobs, discard, setQueueRunning, takeHello } from '../support/companion.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const module = { version: 1, instance: 'Akkoma 3.16.0', ops: companionNeeds.ops };

/** Asks while an instance answers. */
async function asked(watch: CompanionWatch, hello: Parameters<typeof takeHello>[1]) {
  const [sighting] = await Promise.all([watch.ask(), takeHello(world, hello)]);
  return sighting;
}

describe('whether the instance has the companion module', () => {
  it('is asked by one job with one attempt, which wakes the queue', async () => {
    const watch = new CompanionWatch(world.source.database);
    expect(watch.isThere).toBe(false);
    expect(await asked(watch, module)).toEqual({
      state: 'there',
      version: 1,
      instance: 'Akkoma 3.16.0',
    });
    expect(watch.isThere).toBe(true);
    expect(await companionJobs(world)).toMatchObject([
      { queue: 'background', args: { op: 'hello' }, max_attempts: 1, priority: 0, attempt: 0 },
    ]);
    expect(world.statements.join('\n')).toContain(`pg_notify('public.oban_insert'`);
  });

  it('is no when the instance discards the job', async () => {
    const watch = new CompanionWatch(world.source.database);
    expect(await asked(watch, 'has no module')).toEqual({ state: 'absent' });
    expect(watch.isThere).toBe(false);
  });

  it.each([
    ['an older version', { ...module, version: 0 }, []],
    [
      'a module that lacks an operation',
      { ...module, ops: ['hello', 'forget'] },
      ['reload_config', 'reload_emoji', 'purge_media', 'welcome', 'restart'],
    ],
  ])('is no for %s, which is named', async (_what, hello, missing) => {
    const watch = new CompanionWatch(world.source.database);
    const sighting = await asked(watch, hello);
    expect(sighting).toEqual({
      state: 'outdated',
      version: hello.version,
      instance: 'Akkoma 3.16.0',
      missing,
    });
    expect(watch.isThere).toBe(false);
    expect(describeSighting(sighting)).toContain('Copy deploy/instance/steward.ex again.');
  });

  it('is unknown after two seconds without an answer; the waiting job is never joined by a second, and its late answer counts', async () => {
    const [one, other] = [
      new CompanionWatch(world.source.database),
      new CompanionWatch(world.source.database),
    ];
    const begun = performance.now();
    expect(await Promise.all([one.ask(), one.ask(), other.ask()])).toEqual([
      { state: 'unknown' },
      { state: 'unknown' },
      { state: 'unknown' },
    ]);
    expect(performance.now() - begun).toBeGreaterThan(1_900);
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(await companionJobs(world)).toHaveLength(1);
    await one.look();
    expect(await companionJobs(world)).toHaveLength(1);
    await takeHello(world, module);
    await one.look();
    expect([one.isThere, (await companionJobs(world)).length]).toEqual([true, 1]);
  });

  it('stays as it was while the instance does not answer', async () => {
    const watch = new CompanionWatch(world.source.database);
    await asked(watch, module);
    await watch.ask();
    expect(watch.isThere).toBe(true);
  });

  it('is asked again after five minutes, and at once when a job of the module has failed', async () => {
    let now = Date.now();
    const watch = new CompanionWatch(world.source.database, () => new Date(now));
    await asked(watch, module);
    await watch.look();
    now += 299_000;
    await watch.look();
    expect(await companionJobs(world)).toHaveLength(1);
    now += 1_000;
    await Promise.all([watch.look(), takeHello(world, module)]);
    expect(await companionJobs(world)).toHaveLength(2);
    const {
      rows: [job],
    } = await world.database.pool.query<{ id: string }>(
      `insert into oban_jobs (queue, worker, args) values ('background', 'Steward.InstanceWorker', '{"op": "forget"}') returning id`,
    );
    now = Date.now() - 1_000;
    const doubting = new CompanionWatch(world.source.database, () => new Date(now));
    await asked(doubting, module);
    await discard(world, job?.id ?? '');
    await Promise.all([doubting.look(), takeHello(world, 'has no module')]);
    expect(doubting.sighting).toEqual({ state: 'absent' });
  });

  it('is logged once for each answer, with what is lost', async () => {
    const lines: string[] = [];
    const log = {
      info: (line: string) => void lines.push(line),
      warn: (line: string) => void lines.push(line),
    };
    const watch = new CompanionWatch(world.source.database, undefined, { look: 20, lifetime: 40 });
    const stop = watch.watch(log);
    for (let round = 0; round < 3; round += 1) await takeHello(world, 'has no module');
    await takeHello(world, module);
    await expect.poll(() => lines.length).toBe(2);
    stop();
    expect(lines).toEqual([
      expect.stringMatching(
        /^The instance has no companion module\. Without it .* only after a restart.*docs\/instance-module\.md/,
      ),
      'The companion module is there: version 1, Akkoma 3.16.0.',
    ]);
  });

  it.each([
    ['on', 'on'],
    ['off', 'off'],
  ] as const)('INSTANCE_MODULE=%s settles it', (setting, state) => {
    expect(settledSighting(readEnvironment({ INSTANCE_MODULE: setting }), false)).toEqual({
      state,
    });
    expect(settledSighting(readEnvironment({ INSTANCE_MODULE: setting }), true)).toEqual({
      state: 'embedded',
    });
  });

  it('INSTANCE_MODULE is auto by default and nothing else', () => {
    expect(readEnvironment({}).INSTANCE_MODULE).toBe('auto');
    expect(() => readEnvironment({ INSTANCE_MODULE: 'yes' })).toThrow(/INSTANCE_MODULE/);
  });
});

describe('at the shell', () => {
  const output = { out: () => undefined, error: () => undefined };
  const runtimeOf = (companion: CompanionWatch) => {
    const { source } = world;
    return {
      environment: readEnvironment({}),
      database: source.database,
      isEmbedded: false,
      source: { ...source, companion },
      companion,
    };
  };
  const run = (companion: CompanionWatch, ...words: string[]) =>
    runWords(words, output, (work) => work(runtimeOf(companion)));

  it('a task that changes something asks once, and forgets by the module what no other job reaches', async () => {
    await world.user({ nickname: 'rob@far.example' });
    await setQueueRunning(world, true);
    const watch = new CompanionWatch(world.source.database);
    expect(
      (
        await Promise.all([
          run(watch, 'user', 'tag', 'rob@far.example', 'x'),
          takeHello(world, module),
        ])
      )[0],
    ).toBe(0);
    expect((await companionJobs(world)).map(({ args }) => args)).toMatchObject([
      { op: 'hello' },
      { op: 'forget' },
    ]);
  });

  it.each([
    ['lists', true, ['user', 'list']],
    [
      'only says what it would do',
      true,
      ['user', 'deactivate_all_from_instance', 'far.example', '--dry-run'],
    ],
    ['finds the queue stopped', false, ['user', 'tag', 'alice', 'x']],
  ])('one that %s asks nothing', async (_what, isRunning, words) => {
    await world.user({ nickname: 'alice' });
    await setQueueRunning(world, isRunning);
    expect(await run(new CompanionWatch(world.source.database), ...words)).toBe(0);
    expect(await companionJobs(world)).toEqual([]);
  });

  it('the doctor says whether it is there, what waits in which queue, and why jobs of ours failed', async () => {
    const { pool } = world.database;
    await pool.query(
      `insert into oban_jobs (state, queue, worker, args, scheduled_at, attempted_at, errors) values
         ('available', 'background', 'Pleroma.Workers.BackgroundWorker', '{"op": "user_activation"}', timezone('UTC', now()) - interval '90 seconds', null, '{}'),
         ('discarded', 'background', 'Pleroma.Workers.MailerWorker', '{"op": "email"}', timezone('UTC', now()), timezone('UTC', now()), array['{"error": "** (RuntimeError) no relay\\nat line 1"}'::jsonb]),
         ('retryable', 'federator_outgoing', 'Pleroma.Workers.PublisherWorker', '{"op": "publish_one"}', timezone('UTC', now()), timezone('UTC', now()), array['{"error": "nxdomain"}'::jsonb])`,
    );
    await setQueueRunning(world, true);
    const runtime = runtimeOf(new CompanionWatch(world.source.database));
    const diagnosis = await diagnose(world.database, await world.source.readInstance());
    const [companion] = await Promise.all([
      companionOf(runtime, diagnosis.queue),
      takeHello(world, module),
    ]);
    expect(instanceLines(diagnosis.queue, companion)).toEqual([
      'queue of the instance: runs, 2 jobs started in the last five minutes',
      expect.stringMatching(/^ {2}background: 1 waiting, the oldest for 9\d s$/),
      '  1 discarded of Pleroma.Workers.MailerWorker: ** (RuntimeError) no relay',
      'The companion module is there: version 1, Akkoma 3.16.0.',
    ]);
    await setQueueRunning(world, false);
    const { queue } = await diagnose(world.database, await world.source.readInstance());
    expect(instanceLines(queue, { state: 'unknown' })[0]).toBe(
      'queue of the instance: does not run: changes that need a job wait, 2 jobs started in the last five minutes',
    );
  });
});
