import type { Person } from './people.js';
import type { World } from './world.js';

export interface Audience {
  readonly to: readonly string[];
  readonly cc: readonly string[];
}

export type ActivityData = Audience & {
  readonly type: string;
  readonly object: unknown;
  readonly [key: string]: unknown;
};

/** A row of `activities`. */
export type ActivityRow = Readonly<{
  id: string;
  data: ActivityData & { readonly id: string; readonly actor: string };
  actor: string;
  local: boolean;
  recipients: readonly string[];
  inserted_at: string;
  updated_at: string;
}>;

/** Something a person should hear about; a row of `notifications` when it is recent enough. */
export interface Notice {
  readonly user: Person;
  readonly activityId: string;
  readonly type:
    'follow' | 'follow_request' | 'mention' | 'favourite' | 'reblog' | 'pleroma:report';
  readonly time: Date;
}

/** The world with its books: rows that come from many sides. */
export interface Ledger extends World {
  readonly activities: ActivityRow[];
  readonly notices: Notice[];
}
