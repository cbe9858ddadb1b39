import { describe, expect, it } from 'vitest';
import { postgresPool } from '../../src/database/pool.js';
import { createApp } from '../../src/server/app.js';
import { createClient } from '../support/client.js';
import { testLogger } from '../support/log-sink.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

describe('a database that is not there', () => {
  it('is 503 with Retry-After on every door, and not ready', async () => {
    const database = { ...world.database, pool: postgresPool('postgres://nobody@127.0.0.1:1/none', 1) };
    const client = createClient(createApp({ database, source: world.source, waysIn: { adminSecret: undefined, basicAuth: false }, log: testLogger() }), 'token');
    const v1 = await client.rest('GET', '/api/v1/pleroma/admin/users');
    expect(v1).toMatchObject({ status: 503, body: { error: 'The database can not be reached now.' } });
    expect(v1.headers.get('retry-after')).toBe('2');
    expect(await client.rest('GET', '/api/pleroma/admin/users')).toMatchObject({ status: 503, body: 'The database can not be reached now.' });
    expect(await client.graphql('{ __typename }')).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect((await client.rest('GET', '/health/ready')).status).toBe(503);
    expect((await client.rest('GET', '/health/live')).status).toBe(200);
  });
});
