import { readFigures } from '../../database/figures.js';
import { readPeers } from '../../database/peers.js';
import { fresh } from '../fresh.js';

/** How large the instance is, at most a minute old. Anybody may know; dashboards ask on every page. */
export const figuresOf = fresh(readFigures);

/**
 * The other instances whose accounts it knows, at most a minute old. Anybody may know
 * (docs/instance/admin-fe.md#statuses).
 */
export const peersOf = fresh(readPeers);
