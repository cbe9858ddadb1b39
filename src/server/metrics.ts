import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/database.js';
import { outboxBacklog } from '../database/outbox-backlog.js';
import { queueHealth, type JobKinds } from '../database/queue-health.js';
import type { Door } from './door.js';
import type { RequestRecord } from './request-record.js';

/** The figures of one process, for Prometheus. */
export interface Metrics {
  /** Counts a request that has been answered. */
  readonly request: (record: RequestRecord, door: Door, status: number, seconds: number) => void;
  /** The exposition format, and its media type. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** Starts counting. No label comes from a caller: their number is bounded by the operations and codes there are. */
export function createMetrics(
  database: Database,
  kinds: JobKinds = { workers: [], ops: [] },
): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'steward_http_request_duration_seconds',
    help: 'Requests by door and status.',
    labelNames: ['door', 'status'],
    buckets,
    registers,
  });
  const operations = new Histogram({
    name: 'steward_operation_duration_seconds',
    help: 'Operations by name and door.',
    labelNames: ['operation', 'door'],
    buckets,
    registers,
  });
  const errors = new Counter({
    name: 'steward_operation_errors_total',
    help: 'Operations that failed, by code (docs/errors.md).',
    labelNames: ['operation', 'door', 'code'],
    registers,
  });
  const look = watchDatabase(database, registers);
  const lookAtQueue = watchQueue(database, kinds, registers);
  return {
    request: (record, door, status, seconds) => {
      requests.observe({ door, status: String(status) }, seconds);
      for (const { name: operation, code, startedAt, endedAt } of record.operations) {
        operations.observe({ operation, door }, (endedAt - startedAt) / 1_000);
        if (code !== undefined) errors.inc({ operation, door, code });
      }
    },
    text: async () => {
      await look();
      await lookAtQueue();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** @returns looks at the instance's queue; what cannot be seen has no figure. */
function watchQueue(
  database: Database,
  kinds: JobKinds,
  registers: Registry[],
): () => Promise<void> {
  const running = new Gauge({
    name: 'steward_queue_running',
    help: '1 = a process of the instance leads its queue; NaN = Steward cannot see it.',
    registers,
  });
  const started = new Gauge({
    name: 'steward_queue_started_jobs',
    help: 'Jobs the instance started in the last five minutes and has not pruned yet.',
    registers,
  });
  const oldest = new Gauge({
    name: 'steward_queue_oldest_seconds',
    help: 'How long the oldest job of a queue has been due.',
    labelNames: ['queue'],
    registers,
  });
  const failed = new Gauge({
    name: 'steward_queue_failed_jobs',
    help: 'Jobs of the kinds Steward leaves that failed; `steward doctor` shows why.',
    labelNames: ['worker', 'state'],
    registers,
  });
  return async () => {
    const health = await queueHealth(database, kinds).catch(() => undefined);
    running.set(health?.isRunning === undefined ? NaN : Number(health.isRunning));
    started.set(health?.startedLately ?? NaN);
    oldest.reset();
    failed.reset();
    for (const { queue, oldestSeconds } of health?.queues ?? [])
      oldest.set({ queue }, oldestSeconds);
    for (const { worker, state, count } of health?.failed ?? [])
      failed.set({ worker, state }, count);
  };
}

/** @returns looks at pool and outbox; a database that is away must not hide the other figures. */
function watchDatabase(database: Database, registers: Registry[]): () => Promise<void> {
  const connections = new Gauge({
    name: 'steward_pool_connections',
    help: 'Connections of the pool by state; waiting = requests for one.',
    labelNames: ['state'],
    registers,
  });
  const up = new Gauge({
    name: 'steward_database_up',
    help: '1 = the database answered just now.',
    registers,
  });
  const jobs = new Gauge({
    name: 'steward_outbox_jobs',
    help: 'Jobs that are due in the queue of the instance.',
    registers,
  });
  const lag = new Gauge({
    name: 'steward_outbox_lag_seconds',
    help: 'How long the oldest job has been due without the instance taking it.',
    registers,
  });
  const { pool } = database;
  return async () => {
    connections.set({ state: 'used' }, pool.totalCount - pool.idleCount);
    connections.set({ state: 'idle' }, pool.idleCount);
    connections.set({ state: 'waiting' }, pool.waitingCount);
    const backlog = await outboxBacklog(database).catch(() => undefined);
    up.set(backlog ? 1 : 0);
    jobs.set(backlog?.jobs ?? NaN);
    lag.set(backlog?.lag ?? NaN);
  };
}
