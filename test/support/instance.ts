import { setTimeout as sleep } from 'node:timers/promises';
import type { Notification, Pool, PoolClient } from 'pg';
import { flakeFromUuid, uuidFromFlake } from '../../src/database/flake.js';
import { deleteByInstance } from './instance-deletion.js';
import type { Row } from './rows.js';
import type { World } from './world.js';

interface Job {
  readonly id: string;
  readonly worker: string;
  readonly args: Row;
  readonly attempt: number;
  readonly max_attempts: number;
}

/** What a stand-in can do, and how fast. */
interface Options {
  /** Whether it has the companion module. */
  readonly hasModule?: boolean;
  /** Milliseconds a job takes at most between two of its steps; by chance. */
  readonly pause?: number;
}

const queues = {
  akkoma: ['background', 'activity_expiration'],
  pleroma: ['background', 'slow'],
} as const;
const atOnce = 5;

/** A job that Oban throws away at once. */
class Unknown extends Error {}

/**
 * Stands in for a running instance: a cache of accounts and one of pages, neither of which ever expires, and an
 * Oban over the same tables that runs the jobs by which they change as Akkoma and Pleroma do
 * (docs/instance/caches.md). Accounts are read through the cache only.
 */
export class StandInInstance {
  /** Rows of accounts by uuid, as they were when they were read or written here. */
  readonly cache = new Map<string, Row>();
  /** Request paths of pages that are served from the cache. */
  readonly pages = new Set<string>();
  /** Payloads heard on `public.oban_insert`. */
  readonly heard: string[] = [];
  /** What was thrown by jobs, by worker and message. */
  readonly failures: string[] = [];
  readonly #pool: Pool;
  readonly #world: World;
  readonly #options: Required<Options>;
  #listener: PoolClient | undefined;
  readonly #hear = ({ payload = '' }: Notification): void => void this.heard.push(payload);
  #isRunning = false;
  #loop: Promise<void> = Promise.resolve();
  readonly #working = new Set<Promise<void>>();

  constructor(world: World, { hasModule = false, pause = 0 }: Options = {}) {
    this.#world = world;
    this.#pool = world.database.pool;
    this.#options = { hasModule, pause };
  }

  /** Starts with empty caches. */
  async start(): Promise<void> {
    this.cache.clear();
    this.pages.clear();
    await this.#pool.query(
      `insert into oban_peers (name, node, started_at, expires_at)
       values ('Oban', 'stand-in', timezone('UTC', now()), timezone('UTC', now()) + interval '1 hour')
       on conflict (name) do update set expires_at = excluded.expires_at`,
    );
    if (this.#world.databaseUrl !== undefined && this.#listener === undefined) {
      const listener = await this.#pool.connect();
      this.#listener = listener;
      listener.on('notification', this.#hear);
      await listener.query('listen "public.oban_insert"');
    }
    this.#isRunning = true;
    this.#loop = this.#run();
  }

  /** Ends after the jobs at work; the lease is given back. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#loop;
    await Promise.all(this.#working);
    await this.#pool.query('delete from oban_peers');
    await this.#listener?.query('unlisten *');
    this.#listener?.off('notification', this.#hear);
    this.#listener?.release();
    this.#listener = undefined;
  }

  /** Waits until no job is left that could run. */
  async drain(): Promise<void> {
    for (;;) {
      const { rows } = await this.#pool.query(
        `select 1 from oban_jobs where queue = any($1) and (state in ('available', 'executing', 'retryable')
           or (state = 'scheduled' and worker = 'Pleroma.Workers.BackgroundWorker')) limit 1`,
        [queues[this.#world.family]],
      );
      if (rows.length === 0) return;
      await sleep(5);
    }
  }

  /** Reads every account into the cache, as requests would. */
  async warm(): Promise<void> {
    for (const row of await this.#world.rows('users')) this.cache.set(String(row['id']), row);
  }

  /** Nicknames of cached accounts that are not as the table has them. */
  async stale(): Promise<string[]> {
    const rows = await this.#world.rows('users');
    return rows
      .filter((row) => this.cache.has(String(row['id'])))
      .filter((row) => JSON.stringify(this.cache.get(String(row['id']))) !== JSON.stringify(row))
      .map((row) => String(row['nickname']))
      .sort();
  }

  async #run(): Promise<void> {
    while (this.#isRunning) {
      await this.#pool.query(
        `update oban_jobs set state = 'available' where queue = any($1) and (state = 'retryable' or
           (state = 'scheduled' and worker = 'Pleroma.Workers.BackgroundWorker'))`,
        [queues[this.#world.family]],
      );
      const { rows } = await this.#pool.query<Job>(
        `update oban_jobs set state = 'executing', attempt = attempt + 1, attempted_at = timezone('utc', clock_timestamp())
         where id in (select id from oban_jobs where state = 'available' and queue = any($1) and attempt < max_attempts
           order by priority, scheduled_at, id limit $2 for update skip locked)
         returning id::text, worker, args, attempt, max_attempts`,
        [queues[this.#world.family], atOnce - this.#working.size],
      );
      for (const job of rows) {
        const work = this.#work(job).finally(() => this.#working.delete(work));
        this.#working.add(work);
      }
      await sleep(5);
    }
  }

  async #work(job: Job): Promise<void> {
    const end = (state: string, more = '') =>
      this.#pool.query(`update oban_jobs set state = $2::oban_job_state${more} where id = $1`, [
        job.id,
        state,
      ]);
    try {
      await this.#perform(job);
      await end('completed', `, completed_at = timezone('UTC', now())`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.failures.push(`${job.worker}: ${message}`);
      const isLast = error instanceof Unknown || job.attempt >= job.max_attempts;
      const stamp = `, errors = errors || jsonb_build_object('attempt', ${String(job.attempt)}, 'error', $$${message}$$::text)`;
      await end(
        isLast ? 'discarded' : 'retryable',
        isLast ? `${stamp}, discarded_at = timezone('UTC', now())` : stamp,
      );
    }
  }

  async #perform({ worker, args }: Job): Promise<void> {
    if (worker === 'Steward.InstanceWorker' && this.#options.hasModule)
      return this.#companion(args);
    if (worker === 'Pleroma.Workers.PurgeExpiredActivity') {
      const { page, author } = await deleteByInstance(
        this.#world,
        uuidFromFlake(String(args['activity_id'])) ?? '',
      );
      this.pages.delete(page);
      const row = await this.#row(author);
      if (row) this.cache.set(author, row);
      return;
    }
    if (worker === 'Pleroma.Workers.BackgroundWorker' && args['op'] === 'user_activation') {
      return this.#setActivation(
        uuidFromFlake(String(args['user_id'])) ?? '',
        args['status'] === true,
      );
    }
    if (worker.startsWith('Pleroma.Workers.')) return;
    throw new Unknown(`unknown worker: ${worker}`);
  }

  async #companion(args: Row): Promise<void> {
    if (args['op'] === 'hello') return;
    const texts = (key: string): string[] =>
      Array.isArray(args[key]) ? args[key].map(String) : [];
    for (const flake of texts('users')) this.cache.delete(uuidFromFlake(flake) ?? '');
    for (const apId of texts('objects')) this.pages.delete(new URL(apId).pathname);
    await Promise.resolve();
  }

  /** `User.set_activation`: the account from the cache, whom it follows and who follows it from the table. */
  async #setActivation(id: string, isActive: boolean): Promise<void> {
    const user = this.cache.get(id) ?? (await this.#row(id));
    if (!user) throw new Error(`no account ${flakeFromUuid(id)}`);
    await this.#pause();
    if (user['is_active'] !== isActive) {
      await this.#pool.query('update users set is_active = $2 where id = $1', [id, isActive]);
      this.cache.set(id, { ...user, is_active: isActive });
    }
    const { rows: followers } = await this.#pool.query<{ row: Row }>(
      `select to_jsonb(u) as row from following_relationships r join users u on u.id = r.follower_id
       where r.following_id = $1 and r.state = 2 and u.local`,
      [id],
    );
    for (const { row } of followers) await this.#recount(row, 'following_count');
    const { rows: friends } = await this.#pool.query<{ row: Row }>(
      `select to_jsonb(u) as row from following_relationships r join users u on u.id = r.following_id
       where r.follower_id = $1 and r.state = 2 and u.is_active and u.local`,
      [id],
    );
    for (const { row } of friends) {
      await this.#pause();
      const { rowCount } = await this.#pool.query(
        'delete from following_relationships where follower_id = $1 and following_id = $2',
        [id, row['id']],
      );
      if (rowCount === 0) throw new Error('attempted to delete a stale struct');
      await this.#recount(row, 'follower_count');
    }
  }

  async #recount(row: Row, counter: 'follower_count' | 'following_count'): Promise<void> {
    const [own, other] =
      counter === 'follower_count'
        ? ['following_id', 'follower_id']
        : ['follower_id', 'following_id'];
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*)::integer as count from following_relationships r join users u on u.id = r.${other}
       where r.${own} = $1 and r.state = 2 and u.is_active and u.nickname not like 'internal.%' and u.id <> $1`,
      [row['id']],
    );
    await this.#pause();
    const count = rows[0]?.count ?? 0;
    if (count !== row[counter])
      await this.#pool.query(`update users set ${counter} = $2 where id = $1`, [row['id'], count]);
    this.cache.set(String(row['id']), { ...row, [counter]: count });
  }

  async #row(id: string): Promise<Row | undefined> {
    return (await this.#world.rows('users', `id = '${id}'`))[0];
  }

  async #pause(): Promise<void> {
    if (this.#options.pause > 0) await sleep(Math.random() * this.#options.pause);
  }
}
