/** By which door a request came, for figures and log lines. */
export type Door = 'graphql' | 'rest' | 'login' | 'health' | 'other';

/** @param path without the query. */
export function doorOf(path: string): Door {
  if (path === '/graphql') return 'graphql';
  if (/^\/api\/(v1\/)?pleroma\/admin(\/|$)/.test(path)) return 'rest';
  if (/^\/(oauth\/|api\/v1\/(apps|accounts|instance)|nodeinfo\/|\.well-known\/)/.test(path))
    return 'login';
  return /^\/(health\/|metrics$)/.test(path) ? 'health' : 'other';
}
