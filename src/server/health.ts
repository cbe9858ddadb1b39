import { Hono } from 'hono';
import type { Database } from '../database/database.js';

/**
 * `/health/live`: this process answers. `/health/ready`: so does the database; `read-only` when it takes no changes, as while it fails over:
 * reading goes on then.
 */
export function healthRoutes(database: Database): Hono {
  const app = new Hono();
  app.get('/live', (c) => c.json({ status: 'ok' }));
  app.get('/ready', async (c) => {
    try {
      const {
        rows: [row],
      } = await database.pool.query<{ read_only: string }>(
        'select current_setting($1) as read_only',
        ['transaction_read_only'],
      );
      return c.json({
        status: row?.read_only === 'on' ? 'read-only' : 'ok',
        family: database.family,
      });
    } catch {
      return c.json({ status: 'unavailable' }, 503);
    }
  });
  return app;
}
