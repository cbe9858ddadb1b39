/**
 * What AdminFE's HTTP client says it accepts (docs/instance/admin-fe.md#every-request); scripts say
 * something else. Only two answers depend on it: those of Akkoma's that
 * AdminFE fails on.
 */
const accepted = 'application/json, text/plain, */*';

/** Whether AdminFE, or a client built like it, asks. */
export function isAdminFe(accept: string | undefined): boolean {
  return accept === accepted;
}
