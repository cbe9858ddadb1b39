/**
 * What AdminFE's HTTP client says it accepts (docs/instance/admin-fe.md#every-request); scripts say
 * something else. Only two answers depend on it: those of Akkoma's that
 * AdminFE fails on.
 */
const accepted = 'application/json, text/plain, */*';

/**
 * Whether a dashboard asks: AdminFE, a client built like it, or anything in a browser. Scripts and
 * tools say something else.
 */
export function isDashboard(accept: string | undefined, userAgent: string | undefined): boolean {
  return isAdminFe(accept) || userAgent?.startsWith('Mozilla/') === true;
}

/** Whether AdminFE, or a client built like it, asks. */
export function isAdminFe(accept: string | undefined): boolean {
  return accept === accepted;
}
