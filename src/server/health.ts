import { Hono } from 'hono';
import type { Database } from '../database/database.js';

/** `/health/live`: this process answers. `/health/ready`: so does the database. */
export function healthRoutes(database: Database): Hono {
  const app = new Hono();
  app.get('/live', (c) => c.json({ status: 'ok' }));
  app.get('/ready', async (c) => {
    try {
      await database.pool.query('select 1');
      return c.json({ status: 'ok', family: database.family });
    } catch {
      return c.json({ status: 'unavailable' }, 503);
    }
  });
  return app;
}
