import type { HttpRequest } from './load.js';

/** Sends one request and hands out status and JSON. */
export async function ask(
  port: number,
  { method, path, headers = {}, body }: HttpRequest,
): Promise<{ status: number; json: unknown }> {
  const init = {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  };
  const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, init);
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
