import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context, Hono } from 'hono';

/** A file of a page that Steward serves itself. */
export interface StaticFile {
  /** Media type, with its charset. */
  readonly type: string;
  readonly read: () => Promise<string | Uint8Array<ArrayBuffer>>;
}

/** Where the files of a page are to be had. */
export interface StaticFiles {
  /** The path of a file, which is another as soon as its content is. */
  readonly pathOf: (name: string) => Promise<string>;
}

/**
 * What pages of files from here are allowed: these files, and to ask the origin they come from. Nothing
 * from elsewhere, and no script written into the page.
 */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const zip = promisify(gzip);

/** Serves files below `prefix` under paths that hold a hash of their content, so that browsers keep them for good. */
export function serveFiles(
  app: Hono,
  prefix: string,
  files: Readonly<Record<string, StaticFile>>,
): StaticFiles {
  const hashes = new Map<string, Promise<string>>();
  const zipped = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const remembered = <Value>(
    known: Map<string, Promise<Value>>,
    name: string,
    make: () => Promise<Value>,
  ): Promise<Value> => {
    const value = known.get(name) ?? make();
    known.set(name, value);
    return value;
  };
  const hashOf = (name: string, { read }: StaticFile): Promise<string> =>
    remembered(hashes, name, async () =>
      createHash('sha256')
        .update(await read())
        .digest('hex')
        .slice(0, 16),
    );
  app.get(`${prefix}/:hash/:name`, async (c) => {
    const { hash, name } = c.req.param();
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file || hash !== (await hashOf(name, file)))
      return c.json({ error: 'There is no such file.' }, 404);
    const takesGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    const body = takesGzip
      ? await remembered(zipped, name, async () => new Uint8Array(await zip(await file.read())))
      : await file.read();
    return c.body(body, 200, {
      'content-type': file.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': pagePolicy,
      vary: 'Accept-Encoding',
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    });
  });
  return {
    pathOf: async (name) => {
      const file = files[name];
      if (!file) throw new Error(`${name} is none of the files of ${prefix}`);
      return `${prefix}/${await hashOf(name, file)}/${name}`;
    },
  };
}

/** A page; asked for each time, so that it names the files of this version. */
export function sendPage(c: Context, html: string, policy: string = pagePolicy): Response {
  return c.html(html, 200, { 'cache-control': 'no-cache', 'content-security-policy': policy });
}
