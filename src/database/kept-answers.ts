import type { Transaction } from './database.js';

/** An answer as it is kept, in the schema `steward`. */
export interface KeptAnswer {
  /** Digest of the request that was answered. */
  readonly request: Uint8Array;
  /** Sealed. */
  readonly answer: Uint8Array;
}

/** More than a write adds, so that what has expired goes in the end. */
const clearedAtOnce = 50;

/** Claims an id until the transaction ends. @returns whether nobody else has it. */
export async function claimKey(tx: Transaction, id: Buffer): Promise<boolean> {
  const [row] = await tx.$queryRaw<
    { claimed: boolean }[]
  >`select pg_try_advisory_xact_lock(${id.readBigInt64BE()}) as claimed`;
  return row?.claimed === true;
}

/** To be asked after {@link claimKey}: only then whoever had the id before has written. */
export async function keptAnswer(
  tx: Transaction,
  id: Uint8Array<ArrayBuffer>,
): Promise<KeptAnswer | undefined> {
  const [row] = await tx.$queryRaw<
    KeptAnswer[]
  >`select request, answer from steward.idempotency_keys where id = ${id} and expires_at > now()`;
  return row;
}

/** Keeps an answer for a day, and throws a few away whose day is over. */
export async function keepAnswer(
  tx: Transaction,
  id: Uint8Array<ArrayBuffer>,
  { request, answer }: KeptAnswer,
): Promise<void> {
  await tx.$executeRaw`
    with expired as (
      select id from steward.idempotency_keys where expires_at <= now() and id <> ${id} order by expires_at limit ${clearedAtOnce} for update skip locked),
    cleared as (delete from steward.idempotency_keys where id in (select id from expired))
    insert into steward.idempotency_keys (id, request, answer, expires_at) values (${id}, ${request}, ${answer}, now() + interval '24 hours')
    on conflict (id) do update set request = excluded.request, answer = excluded.answer, expires_at = excluded.expires_at`;
}
