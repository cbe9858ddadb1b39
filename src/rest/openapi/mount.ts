import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Hono } from 'hono';
import {
  pagePolicy,
  sendPage,
  serveFiles,
  type StaticFile,
  type StaticFiles,
} from '../static-files.js';
import { openApiDocument } from './document.js';

async function pageOf({ pathOf }: StaticFiles): Promise<string> {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Steward: REST API</title>
    <link rel="stylesheet" href="${await pathOf('swagger-ui.css')}">
    <link rel="icon" type="image/png" href="${await pathOf('favicon-32x32.png')}">
  </head>
  <body>
    <div id="docs"></div>
    <script src="${await pathOf('swagger-ui-bundle.js')}"></script>
    <script src="${await pathOf('start.js')}"></script>
  </body>
</html>
`;
}

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', docExpansion: 'none', deepLinking: true, validatorUrl: null });\n`;

const { resolve } = createRequire(import.meta.url);
/** The build copies the viewer beside the program; run from source, it is in node_modules. */
function pathOfViewer(name: string): URL | string {
  const beside = new URL(name, import.meta.url);
  return existsSync(beside) ? beside : resolve(`swagger-ui-dist/${name}`);
}
const ofPackage = (name: string, type: string): StaticFile => ({
  type,
  read: async () => new Uint8Array(await readFile(pathOfViewer(name))),
});

/** The viewer's own files, and what starts it. */
const files: Readonly<Record<string, StaticFile>> = {
  'swagger-ui.css': ofPackage('swagger-ui.css', 'text/css; charset=utf-8'),
  'swagger-ui-bundle.js': ofPackage('swagger-ui-bundle.js', 'text/javascript; charset=utf-8'),
  'favicon-32x32.png': ofPackage('favicon-32x32.png', 'image/png'),
  'start.js': { type: 'text/javascript; charset=utf-8', read: () => Promise.resolve(start) },
};

/** `/api/openapi.json`, and at `/api/docs` a page to browse it, from the package: nothing comes from anybody else's server. */
export function mountDocs(app: Hono): void {
  let text: string | undefined;
  const served = serveFiles(app, '/api/docs', files);
  app.get('/api/openapi.json', (c) =>
    c.body((text ??= JSON.stringify(openApiDocument())), 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': pagePolicy,
    }),
  );
  app.get('/api/docs', async (c) => sendPage(c, await pageOf(served)));
}
