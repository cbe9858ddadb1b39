/** What AdminFE's HTTP client says it accepts, as other programs on its library do. */
const accepted = 'application/json, text/plain, */*';

/**
 * Whether a dashboard asks: AdminFE, a client built like it, or anything in a browser. Scripts and
 * tools say something else.
 */
export function isDashboard(accept: string | undefined, userAgent: string | undefined): boolean {
  return accept === accepted || userAgent?.startsWith('Mozilla/') === true;
}

/** What AdminFE's browser tells of it. */
export interface AskerHeaders {
  readonly cookie: string | undefined;
  readonly referer: string | undefined;
}

/**
 * Whether AdminFE asks: by the page it is asked from (`…/pleroma/admin/`) or, where the browser does not tell that, by the two cookies AdminFE
 * keeps its log-in in. Other programs on its HTTP library get what Akkoma sends. Only answers that AdminFE fails on depend on it.
 */
export function isAdminFe({ cookie, referer }: AskerHeaders): boolean {
  const path = referer !== undefined && URL.canParse(referer) ? new URL(referer).pathname : '/';
  if (path !== '/') return /\/pleroma\/admin(?:\/|$)/.test(path);
  return /(?:^|;\s*)(?:Admin-Token|Auth-Host)=/.test(cookie ?? '');
}
