/** The instance stores most times as naive UTC in whole seconds (facts/users.md §1.5); PostgreSQL would round, Ecto cuts. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
