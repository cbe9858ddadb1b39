import type { Family } from '../database/family.js';

/**
 * ActivityPub activities as the instance writes them (docs/instance/schema.md#activity-rows): pure
 * builders, no clock, no database.
 */
export interface ActivityDocument {
  readonly [key: string]: unknown;
  readonly id: string;
  readonly type: string;
  readonly actor: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
}

/** `<base>/activities/<uuid>`. */
export function activityId(baseUrl: string, uuid: string): string {
  return `${baseUrl}/activities/${uuid}`;
}

/** Delete of an account; recipients are its followers. */
export function deleteUserActivity(
  id: string,
  actor: string,
  user: { readonly apId: string; readonly followerAddress: string | null },
): ActivityDocument {
  return pipelineActivity({
    type: 'Delete',
    id,
    actor,
    object: user.apId,
    to: user.followerAddress === null ? [] : [user.followerAddress],
    cc: [],
  });
}

/**
 * Delete of a status, to everyone the status spoke to. `createId` names its Create activity; absent
 * when the author is deactivated (docs/instance/moderation.md#deleting-a-status).
 */
export function deleteObjectActivity(
  id: string,
  actor: string,
  object: { readonly apId: string; readonly addressees: readonly string[] },
  createId: string | undefined,
): ActivityDocument {
  const activity = pipelineActivity({
    type: 'Delete',
    id,
    actor,
    object: object.apId,
    to: object.addressees,
    cc: [],
  });
  return createId === undefined ? activity : { ...activity, deleted_activity_id: createId };
}

/** Follow of an actor, not yet answered. */
export function followActivity(id: string, actor: string, followed: string): ActivityDocument {
  return {
    ...pipelineActivity({ type: 'Follow', id, actor, object: followed, to: [followed], cc: [] }),
    state: 'pending',
  };
}

/** The answer of `actor`, who is followed, to a Follow. */
export function acceptActivity(
  id: string,
  actor: string,
  follow: { readonly id: string; readonly actor: string },
): ActivityDocument {
  return pipelineActivity({
    type: 'Accept',
    id,
    actor,
    object: follow.id,
    to: [follow.actor],
    cc: [],
  });
}

/**
 * Undo of a Follow, which it holds whole, completed with time and context
 * (docs/instance/schema.md#activity-rows). Does not pass the pipeline.
 */
export function undoFollowActivity(
  id: string,
  follow: Readonly<Record<string, unknown>>,
  {
    actor,
    followed,
    context,
    published,
  }: {
    readonly actor: string;
    readonly followed: string;
    readonly context: string;
    readonly published: string;
  },
): ActivityDocument {
  const object = { published, context, ...follow };
  return { type: 'Undo', id, actor, to: [followed], object, context: object.context, published };
}

/** The refusal by `actor`, who is or was followed, of a Follow. */
export function rejectActivity(
  id: string,
  actor: string,
  follow: { readonly id: string; readonly actor: string },
): ActivityDocument {
  return pipelineActivity({
    type: 'Reject',
    id,
    actor,
    object: follow.id,
    to: [follow.actor],
    cc: [],
  });
}

/**
 * Undo of a Like or Announce, which it names and whose recipients it has
 * (docs/instance/schema.md#activity-rows).
 */
export function undoActivity(
  id: string,
  actor: string,
  undone: { readonly id: string; readonly to: readonly string[]; readonly cc: readonly string[] },
): ActivityDocument {
  return pipelineActivity({
    type: 'Undo',
    id,
    actor,
    object: undone.id,
    to: undone.to,
    cc: undone.cc,
  });
}

/** A direct message: the text and to whom it goes. */
export interface DirectMessage {
  readonly actor: string;
  readonly to: readonly string[];
  readonly context: string;
  /** HTML. */
  readonly content: string;
  readonly text: string;
  readonly hashtags: readonly string[];
  readonly published: string;
}

/**
 * The Note of a direct message (docs/instance/moderation.md#responding-to-a-report); only Akkoma
 * names the language.
 */
export function directNote(id: string, message: DirectMessage, family: Family): ActivityDocument {
  const { actor, to, context, content, text, hashtags, published } = message;
  const note = {
    type: 'Note',
    id,
    actor,
    to,
    cc: [],
    content,
    summary: '',
    sensitive: false,
    context,
    attachment: [],
    tag: hashtags,
    emoji: {},
    source: { content: text, mediaType: 'text/plain' },
    generator: null,
    published,
  };
  return family === 'akkoma' ? { ...note, contentMap: { en: content } } : note;
}

/** The Create of such a Note. */
export function directCreate(
  id: string,
  noteId: string,
  { actor, to, context, published }: DirectMessage,
): ActivityDocument {
  return {
    type: 'Create',
    id,
    actor,
    object: noteId,
    to,
    cc: [],
    context,
    directMessage: true,
    published,
  };
}

/**
 * Whether two ids belong to one host: the instance federates a Delete only then
 * (docs/instance/schema.md#activity-rows).
 */
export function sameHost(one: string, other: string): boolean {
  const hostOf = (id: string): string | undefined => id.split('/')[2];
  return hostOf(one) !== undefined && hostOf(one) === hostOf(other);
}

/** What the instance's pipeline leaves of an activity: recipient lists always present, http(s) only, sorted, without duplicates. */
function pipelineActivity(
  activity: ActivityDocument & { readonly cc: readonly string[] },
): ActivityDocument {
  return {
    ...activity,
    to: recipientList(activity.to),
    cc: recipientList(activity.cc),
    bto: [],
    bcc: [],
  };
}

function recipientList(addresses: readonly string[]): string[] {
  return [...new Set(addresses.filter((address) => /^https?:\/\//.test(address)))].sort();
}
