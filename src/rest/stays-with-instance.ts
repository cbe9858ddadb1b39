import type { Family } from '../database/family.js';
import { refusedRoutes, unseenRoutes } from './instance-own.js';

/** Private messages, which Steward does not read; only Pleroma has chats. */
const chats = ['/chats/:id', '/chats/:id/messages', '/chats/:id/messages/:message_id'];

/**
 * The paths below both prefixes that need the instance's own process, disk or memory. The web server
 * in front sends them to the instance; Steward itself refuses them or answers that there is nothing.
 */
export function pathsOfInstance(family: Family): string[] {
  const own = [...refusedRoutes, ...unseenRoutes].map(({ path }) => path);
  const shown = [...own, ...chats].filter((path) => family === 'pleroma' || !/\/chats/.test(path));
  return [...new Set(shown)].sort();
}

/** The same as a regular expression for the location of a web server, below both prefixes. */
export function locationOfInstance(family: Family): string {
  const names = pathsOfInstance(family).map((path) => path.slice(1).replace(/:\w+/g, '[^/]+'));
  return `^/api/(v1/)?pleroma/admin/(${names.join('|')})$`;
}
