import type { OperationContext } from '../../context.js';
import { listRelays, type RelayRow } from '../../database/relays.js';
import { operation } from '../operation.js';

/** The relays this instance follows or has asked to (docs/instance/moderation.md#relays). */
export const relaysList = operation({
  name: 'relaysList',
  access: { role: 'admin', scope: 'admin:read' },
  run: async (context: OperationContext): Promise<RelayRow[]> => {
    const { baseUrl } = await context.instance();
    return listRelays(context.database.prisma, `${baseUrl}/relay`);
  },
});
