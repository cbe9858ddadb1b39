/**
 * Which database a `DATABASE_URL` names, without name and password: `akkoma at db.example:5432`.
 * @returns undefined for none, and for what is no URL.
 */
export function databasePlace(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? (hostname === '' ? 'localhost' : hostname);
  const name = searchParams.get('dbname') ?? pathname.slice(1);
  const place = host.startsWith('/')
    ? host
    : `${host}:${searchParams.get('port') ?? (port === '' ? '5432' : port)}`;
  return `${name === '' ? '' : `${name} `}at ${place}`;
}
