import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { TrustedProxies } from '../environment.js';
import type { RequestHead } from './request-head.js';

const addresses = new WeakMap<object, string>();

/** Whom a request comes from; without a socket, in tests, nobody knows. */
export function addressOf(request: RequestHead): string {
  return addresses.get(request) ?? 'unknown';
}

/** Keeps for {@link addressOf} what the server read off the socket. */
export function rememberAddress(request: RequestHead, address: string): void {
  addresses.set(request, address);
}

/** The same on the way through Hono. Stands behind whatever puts another request in the place of the first. */
export const rememberAddresses: MiddlewareHandler = async (c, next) => {
  const { clientAddress } = (c.env ?? {}) as { readonly clientAddress?: string };
  if (clientAddress !== undefined) rememberAddress(c.req.raw, clientAddress);
  await next();
};

/**
 * Says whom a request comes from: the other end of the socket; with trusted proxies in front, what the outermost of them saw. Nobody else's
 * `X-Forwarded-For` counts: whoever can write it would get as many attempts as there are addresses (security.md S27).
 */
export function addressReader(trusted: TrustedProxies | undefined): (request: IncomingMessage) => string {
  const isTrusted = trusted && trustOf(trusted);
  return (request) => {
    const peer = plainAddress(request.socket.remoteAddress ?? '') ?? 'unknown';
    if (!isTrusted) return peer;
    const given = request.headers['x-forwarded-for'];
    const forwarded = (Array.isArray(given) ? given.join(',') : given ?? '').split(',');
    let address = peer;
    for (let hop = 0; isTrusted(address, hop); hop += 1) {
      const before = plainAddress(forwarded.pop()?.trim() ?? '');
      if (before === undefined) break;
      address = before;
    }
    return address;
  };
}

/** Whether the machine at this address, `hop` steps away, is one of the trusted. */
function trustOf(trusted: TrustedProxies): (address: string, hop: number) => boolean {
  if ('hops' in trusted) return (_address, hop) => hop < trusted.hops;
  const list = new BlockList();
  for (const { address, prefix, family } of trusted.networks) list.addSubnet(address, prefix, family);
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** `::ffff:1.2.3.4` is `1.2.3.4`; undefined for what is no address. */
function plainAddress(text: string): string | undefined {
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : address;
}
