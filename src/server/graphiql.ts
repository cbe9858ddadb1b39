import type { Hono } from 'hono';
import {
  pagePolicy,
  sendPage,
  serveFiles,
  type StaticFile,
  type StaticFiles,
} from '../rest/static-files.js';
import { greeting } from './greeting.js';

/** The package's files, as texts; loaded when a browser first asks. */
const bundle = () => import('@graphql-yoga/render-graphiql/graphiql');
const script = 'text/javascript; charset=utf-8';

/** The viewer writes its styles into the page while it runs. */
const policy = pagePolicy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const files: Readonly<Record<string, StaticFile>> = {
  'graphiql.css': { type: 'text/css; charset=utf-8', read: async () => (await bundle()).css },
  'graphiql.js': { type: script, read: async () => (await bundle()).js },
  'editor.worker.js': { type: script, read: async () => (await bundle()).editorWorkerService },
  'json.worker.js': { type: script, read: async () => (await bundle()).jsonWorker },
  'graphql.worker.js': { type: script, read: async () => (await bundle()).graphqlWorker },
};

/** What Monaco, the editor, asks for by these names. */
const workers = {
  editorWorkerService: 'editor.worker.js',
  json: 'json.worker.js',
  graphql: 'graphql.worker.js',
};

/**
 * Starts the viewer. What it keeps, the token in the headers among it, is kept for this tab alone; what an
 * earlier version kept for good is removed.
 */
const start = `const { dataset } = document.currentScript;
const workers = JSON.parse(dataset.workers);
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => workers[label] };
const ours = (storage) => Object.keys(storage).filter((key) => key.startsWith('graphiql:'));
const clear = (storage) => ours(storage).forEach((key) => storage.removeItem(key));
clear(localStorage);
// What may be asked depends on the token: the schema is read again once the headers stay as they are.
let [headers, timer] = [undefined, undefined];
const watch = (key, value) => {
  if (key !== 'graphiql:tabState') return;
  const { tabs, activeTabIndex } = JSON.parse(value);
  const now = tabs[activeTabIndex]?.headers;
  if (headers !== undefined && now !== headers) {
    clearTimeout(timer);
    timer = setTimeout(() => document.querySelector('[aria-label^="Re-fetch"]')?.click(), 700);
  }
  headers = now;
};
addEventListener('DOMContentLoaded', () => {
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
    ...JSON.parse(dataset.options),
    storage: {
      getItem: (key) => sessionStorage.getItem(key),
      setItem: (key, value) => { sessionStorage.setItem(key, value); watch(key, value); },
      removeItem: (key) => sessionStorage.removeItem(key),
      clear: () => clear(sessionStorage),
      get length() { return ours(sessionStorage).length; },
    },
  });
});
`;

const options = {
  title: 'Steward',
  defaultQuery: greeting,
  headers: JSON.stringify({ authorization: 'Bearer ' }),
};

async function pageOf({ pathOf }: StaticFiles): Promise<string> {
  const paths = await Promise.all(
    Object.entries(workers).map(async ([label, name]) => [label, await pathOf(name)] as const),
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Steward: GraphQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${await pathOf('graphiql.css')}">
    <script src="${await pathOf('start.js')}" data-workers="${escaped(JSON.stringify(Object.fromEntries(paths)))}" data-options="${escaped(JSON.stringify(options))}"></script>
    <script src="${await pathOf('graphiql.js')}" defer></script>
  </head>
  <body class="no-focus-outline">
    <noscript>This page needs JavaScript.</noscript>
    <div id="root">Loading…</div>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** GraphiQL at `/graphql` for whoever asks for a page, made of files served here. */
export function mountGraphiql(app: Hono): void {
  const served = serveFiles(app, '/graphql/assets', {
    ...files,
    'start.js': { type: script, read: () => Promise.resolve(start) },
  });
  app.get('/graphql', async (c, next) => {
    if (!/text\/html/i.test(c.req.header('accept') ?? '')) return next();
    return sendPage(c, await pageOf(served), policy);
  });
}
