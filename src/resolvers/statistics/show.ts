import { readStatusCounts, type StatusCounts } from '../../database/status-counts.js';
import { demandHost } from '../hosts.js';
import { operation } from '../operation.js';

/**
 * How many statuses the instance knows, of one host or all, by who may see them; zeros for a host
 * it never heard of (docs/instance/other-routes.md#statistics).
 */
export const statisticsShow = operation({
  name: 'statisticsShow',
  access: { role: 'staff', scope: 'admin:read', pleroma: { privilege: 'statistics_read' } },
  run: ({ database }, { host }: { readonly host?: string | undefined }): Promise<StatusCounts> =>
    readStatusCounts(database, host === undefined ? undefined : demandHost(host, ['host'])),
});
