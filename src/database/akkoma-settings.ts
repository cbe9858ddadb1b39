import type { Transaction } from './database.js';
import type { OptionalParts } from './family.js';
import { Prisma } from './generated/prisma/client.js';

/** Who may write direct messages to an account, as the instance names them. */
export const messageSenders = ['everybody', 'people_i_follow', 'nobody'] as const;

/** Settings of an account for which only Akkoma has columns, some of them since a later version. */
export interface AkkomaSettings {
  /** Days after which new statuses expire; null = never. */
  readonly statusTtlDays: number | null;
  /** Accepts follow requests of accounts it follows. */
  readonly permitFollowback: boolean | null;
  /** One of {@link messageSenders}. */
  readonly acceptsDirectMessagesFrom: string | null;
}

const columns = {
  statusTtlDays: Prisma.sql`status_ttl_days`,
  permitFollowback: Prisma.sql`permit_followback`,
  acceptsDirectMessagesFrom: Prisma.sql`accepts_direct_messages_from`,
} satisfies Record<keyof AkkomaSettings, Prisma.Sql>;

const none: AkkomaSettings = {
  statusTtlDays: null,
  permitFollowback: null,
  acceptsDirectMessagesFrom: null,
};

const names = ['statusTtlDays', 'permitFollowback', 'acceptsDirectMessagesFrom'] as const;

/** Those of the settings given that the instance has no column for. */
export function missingSettings(
  given: Readonly<Partial<Record<keyof AkkomaSettings, unknown>>>,
  optional: OptionalParts,
): (keyof AkkomaSettings)[] {
  return names.filter((name) => given[name] !== undefined && !optional[name]);
}

/** The settings of an account; null for what the instance has no column for. */
export async function akkomaSettings(
  tx: Transaction,
  userId: string,
  optional: OptionalParts,
): Promise<AkkomaSettings> {
  const present = names.filter((name) => optional[name]);
  if (present.length === 0) return none;
  const selected = Prisma.join(
    present.map((name) => Prisma.sql`${columns[name]} as ${Prisma.raw(`"${name}"`)}`),
  );
  const [row] = await tx.$queryRaw<Partial<AkkomaSettings>[]>`
    select ${selected} from users where id = ${userId}::uuid`;
  return { ...none, ...row };
}

/** Sets these settings of an account; absent = leave alone. */
export async function setAkkomaSettings(
  tx: Transaction,
  userId: string,
  settings: Readonly<Partial<AkkomaSettings>>,
): Promise<void> {
  const given = names.filter((name) => settings[name] !== undefined);
  if (given.length === 0) return;
  const assignments = Prisma.join(
    given.map((name) => Prisma.sql`${columns[name]} = ${settings[name]}`),
  );
  await tx.$executeRaw`update users set ${assignments} where id = ${userId}::uuid`;
}
