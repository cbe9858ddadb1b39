import type { Transaction } from './database.js';
import { newFlake } from './flake.js';
import { jsonDocument } from './json.js';
import { wholeSeconds } from './time.js';

interface ActivityData {
  readonly actor: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
}

/** Stores an activity; the recipients column is to, cc and bcc together (facts/users.md §1.7). Returns the row's uuid. */
export async function insertActivity(tx: Transaction, data: ActivityData, { local, now }: { readonly local: boolean; readonly now: Date }): Promise<string> {
  const time = wholeSeconds(now);
  const recipients = [...data.to, ...(data.cc ?? []), ...(data.bcc ?? [])];
  const { id } = await tx.activity.create({
    data: { id: newFlake(now), data: jsonDocument(data), actor: data.actor, local, recipients, insertedAt: time, updatedAt: time },
    select: { id: true },
  });
  return id;
}
