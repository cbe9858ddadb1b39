import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { TrustedProxies } from '../environment.js';

/**
 * Says whom a request comes from: the other end of the socket; with trusted proxies in front, what the outermost of them saw. Nobody else's
 * `X-Forwarded-For` counts: whoever can write it would get as many attempts as there are addresses
 * (docs/security-checklist.md#s27).
 */
export function addressReader(
  trusted: TrustedProxies | undefined,
): (request: IncomingMessage) => string {
  const isTrusted = trusted && trustOf(trusted);
  return (request) => {
    const peer = plainAddress(request.socket.remoteAddress ?? '') ?? 'unknown';
    if (!isTrusted) return peer;
    const given = request.headers['x-forwarded-for'];
    const forwarded = (Array.isArray(given) ? given.join(',') : (given ?? '')).split(',');
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
  for (const { address, prefix, family } of trusted.networks)
    list.addSubnet(address, prefix, family);
  return (address) =>
    isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** `::ffff:1.2.3.4` is `1.2.3.4`; undefined for what is no address. */
function plainAddress(text: string): string | undefined {
  const [address = ''] = text.replace(/^::ffff:(?=\d+\.)/i, '').split('%', 1);
  return isIP(address) === 0 ? undefined : address;
}
