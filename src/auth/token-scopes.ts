import { grantsScope } from './access.js';

/** Column of `scopes`. */
const maxScopeLength = 255;

/** `read write,follow` as a list. */
export function scopesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

/**
 * The scopes a token gets: those asked for, else all of the app's. Nobody but staff gets an admin scope, by whatever app
 * (docs/instance/oauth.md#tokens; Pleroma lets them, Steward does not).
 * @returns undefined when none is left, or one is not the app's to give.
 */
export function grantedScopes(
  asked: readonly string[] | undefined,
  appScopes: readonly string[],
  isStaff: boolean,
): string[] | undefined {
  const scopes = [...new Set(asked ?? appScopes)].filter(
    (scope) => isStaff || !(scope === 'admin' || scope.startsWith('admin:')),
  );
  return scopes.length > 0 &&
    scopes.every((scope) => scope.length <= maxScopeLength && grantsScope(appScopes, scope))
    ? scopes
    : undefined;
}
