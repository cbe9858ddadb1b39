/**
 * A request target whose path no URL parser makes another of: what stands for `.` or `..`, and backslashes, are escaped, so that routes are
 * chosen by the path as it was sent. `/users/%2e%2e/config` is a path below `/users`, not `/config`.
 */
export function withRawPath(target: string): string {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  if (!/\\|(?:^|\/)(?:\.|%2e)/i.test(path)) return target;
  const escaped = path
    .replaceAll('\\', '%5C')
    .replace(/(?<=^|\/)(?:\.|%2e){1,2}(?=\/|$)/gi, (dots) => dots.replace(/\.|%2e/gi, '%252e'));
  return end < 0 ? escaped : escaped + target.slice(end);
}
