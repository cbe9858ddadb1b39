import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { listen, type Listening } from '../../src/server/listen.js';
import { createMetrics } from '../../src/server/metrics.js';
import { startTraces, type Traces } from '../../src/server/traces.js';
import { testLogger } from '../support/log-sink.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const users = '/api/v1/pleroma/admin/users';
const tag =
  'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["x"] }) { errors { code } } }';
const lines: Record<string, unknown>[] = [];
let listening: Listening | undefined;

afterEach(() => listening?.stop());

/** Listens with figures, and with traces when given; every line of its log is kept. */
async function start({ token, traces }: { token?: string; traces?: Traces } = {}): Promise<string> {
  lines.length = 0;
  const log = testLogger((line) => lines.push(JSON.parse(line) as Record<string, unknown>));
  const metrics = { counters: createMetrics(world.database), token };
  listening = await listen(
    createApp({
      database: world.database,
      source: world.source,
      waysIn: { adminSecret, basicAuth: false },
      log,
      metrics,
      traces,
    }),
    { host: '127.0.0.1', port: 0 },
  );
  return listening.url;
}

const headersOf = async (): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await world.token(world.admin)}`,
  'content-type': 'application/json',
});
const ask = async (
  url: string,
  headers: Record<string, string>,
  init: RequestInit = {},
): Promise<Response> => {
  const response = await fetch(url, { headers, ...init });
  await response.clone().text();
  return response;
};

describe('/metrics', () => {
  it('counts requests by door and status, operations by name and door, failures by code, and knows pool and outbox', async () => {
    await world.user({ nickname: 'alice' });
    const [url, headers] = [await start(), await headersOf()];
    await world.database.pool.query(
      `insert into oban_jobs (state, queue, worker, args, inserted_at, scheduled_at) values ('available', 'background', 'W', '{}', timezone('UTC', now()) - interval '90 seconds', timezone('UTC', now()) - interval '90 seconds')`,
    );
    await ask(`${url}/graphql`, headers, { method: 'POST', body: JSON.stringify({ query: tag }) });
    await ask(`${url}${users}/alice`, headers);
    await ask(`${url}${users}/nobody`, headers);
    await ask(`${url}${users}/alice`, {});
    const text = await (await ask(`${url}/metrics`, {})).text();
    for (const line of [
      'steward_http_request_duration_seconds_count{door="graphql",status="200"} 1',
      'steward_http_request_duration_seconds_count{door="rest",status="200"} 1',
      'steward_http_request_duration_seconds_count{door="rest",status="403"} 1',
      'steward_operation_duration_seconds_count{operation="usersTag",door="graphql"} 1',
      'steward_operation_duration_seconds_count{operation="userShow",door="rest"} 2',
      'steward_operation_errors_total{operation="userShow",door="rest",code="NOT_FOUND"} 1',
      'steward_database_up 1',
      'steward_outbox_jobs 1',
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/steward_outbox_lag_seconds 9\d/);
    expect(text).toMatch(/steward_pool_connections\{state="idle"\} \d/);
    expect(text).toMatch(/process_cpu_seconds_total/);
    expect(text).not.toMatch(/alice|nobody/);
  });

  it('shows the queue also where a job is due since ever', async () => {
    const url = await start();
    await world.database.pool.query(
      `insert into oban_jobs (state, queue, worker, args, inserted_at, scheduled_at) values
        ('available', 'background', 'W', '{}', timezone('UTC', now()), '-infinity'),
        ('available', 'background', 'W', '{}', timezone('UTC', now()), timezone('UTC', now()) - interval '90 seconds')`,
    );
    const text = await (await ask(`${url}/metrics`, {})).text();
    expect(text).toContain('steward_outbox_jobs 2');
    expect(text).toMatch(/steward_outbox_lag_seconds 9\d/);
    expect(text).toMatch(/steward_[a-z_]+\{queue="background"\} 9\d/);
  });

  it('is open to this machine only, not through a proxy on it; with METRICS_TOKEN to whoever has that', async () => {
    const open = await start();
    expect((await ask(`${open}/metrics`, {})).status).toBe(200);
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'])
      expect((await ask(`${open}/metrics`, { [name]: '192.0.2.1' })).status, name).toBe(403);
    expect((await world.app.fetch(new Request('http://steward.test/metrics'))).status).toBe(404);
    await listening?.stop();
    const closed = await start({ token: 'a-token-for-figures' });
    expect((await ask(`${closed}/metrics`, {})).status).toBe(403);
    expect(
      (await ask(`${closed}/metrics`, { authorization: 'Bearer another-token-entirely' })).status,
    ).toBe(403);
    expect(
      (
        await ask(`${closed}/metrics`, {
          authorization: 'Bearer a-token-for-figures',
          'x-forwarded-for': '192.0.2.1',
        })
      ).status,
    ).toBe(200);
  });
});

describe('the log', () => {
  it('has one line for each request, with what was done by whom, and nothing of query, headers or body', async () => {
    await world.user({ nickname: 'alice' });
    const [url, headers] = [await start(), await headersOf()];
    await ask(`${url}${users}?query=private-words`, {
      ...headers,
      'x-request-id': 'request-of-test',
    });
    await ask(`${url}/graphql`, headers, { method: 'POST', body: JSON.stringify({ query: tag }) });
    await ask(`${url}${users}`, { 'x-admin-token': 'not-the-admin-secret' });
    await ask(`${url}/health/ready`, {});
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests).toMatchObject([
      {
        level: 30,
        requestId: 'request-of-test',
        door: 'rest',
        method: 'GET',
        path: users,
        status: 200,
        operations: ['usersList', 'usersCount'],
        actor: world.admin.id,
        address: '127.0.0.1',
      },
      {
        level: 30,
        door: 'graphql',
        method: 'POST',
        path: '/graphql',
        status: 200,
        operations: ['usersTag'],
        actor: world.admin.id,
      },
      { level: 30, door: 'rest', status: 403, operations: [] },
      { level: 20, door: 'health', path: '/health/ready', status: 200, operations: [] },
    ]);
    expect(requests[2]).not.toHaveProperty('actor');
    expect(JSON.stringify(lines)).not.toMatch(/private-words|not-the-admin-secret|Bearer/);
  });
});

describe('traces', () => {
  it('go to the collector: a span for the request within the trace of the caller, and one in it for the operation', async () => {
    const received: string[] = [];
    const collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
      request.on('end', () => {
        received.push(`${String(request.url)} ${body}`);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => {
      collector.listen(0, '127.0.0.1', resolve);
    });
    const traces = await startTraces(
      `http://127.0.0.1:${String((collector.address() as AddressInfo).port)}`,
    );
    const [url, headers] = [await start({ traces }), await headersOf()];
    await world.user({ nickname: 'alice' });
    await ask(`${url}${users}/alice`, {
      ...headers,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    await listening?.stop();
    await traces.stop();
    collector.close();
    const [path, body] = [
      received[0]?.split(' ', 1)[0],
      received[0]?.slice(received[0].indexOf(' ') + 1) ?? '{}',
    ];
    expect(path).toBe('/v1/traces');
    interface Span {
      readonly traceId: string;
      readonly spanId: string;
      readonly parentSpanId: string;
      readonly name: string;
    }
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    const spans = resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    );
    const request = spans.find(({ name }) => name === 'GET rest');
    expect(request).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    });
    expect(spans.filter(({ name }) => name === 'userShow')).toMatchObject([
      { traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: request?.spanId },
    ]);
  });
});
