import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Context, Hono } from 'hono';
import { openApiDocument } from './document.js';

/** Nothing from elsewhere, nothing written into the page: only the files served here. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Steward: REST API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', docExpansion: 'none', deepLinking: true, validatorUrl: null });\n`;

/** Files of the viewer's package that the page needs. */
const files = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript', 'favicon-32x32.png': 'image/png' };

/** `/api/openapi.json`, and at `/api/docs` a page to browse it, from the package: nothing comes from anybody else's server. */
export function mountDocs(app: Hono): void {
  let text: string | undefined;
  app.get('/api/openapi.json', (c) => send(c, (text ??= JSON.stringify(openApiDocument())), 'application/json'));
  app.get('/api/docs', (c) => send(c, page, 'text/html'));
  app.get('/api/docs/start.js', (c) => send(c, start, 'text/javascript'));
  const { resolve } = createRequire(import.meta.url);
  for (const [name, type] of Object.entries(files)) {
    app.get(`/api/docs/${name}`, async (c) => send(c, new Uint8Array(await readFile(resolve(`swagger-ui-dist/${name}`))), type));
  }
}

function send(c: Context, body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return c.body(body, 200, {
    'content-type': type.startsWith('image/') ? type : `${type}; charset=utf-8`,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}
