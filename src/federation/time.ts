/** A time as the instance writes it into activities: ISO 8601 in UTC with microseconds, of which a JavaScript date knows three digits. */
export function publishedTime(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}
