/** ActivityPub activities as the instance writes them (facts/users.md §1.7): pure builders, no clock, no database. */
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
export function deleteUserActivity(id: string, actor: string, user: { readonly apId: string; readonly followerAddress: string | null }): ActivityDocument {
  return pipelineActivity({ type: 'Delete', id, actor, object: user.apId, to: user.followerAddress === null ? [] : [user.followerAddress], cc: [] });
}

/** What the instance's pipeline leaves of an activity: recipient lists always present, http(s) only, sorted, without duplicates. */
function pipelineActivity(activity: ActivityDocument & { readonly cc: readonly string[] }): ActivityDocument {
  return { ...activity, to: recipientList(activity.to), cc: recipientList(activity.cc), bto: [], bcc: [] };
}

function recipientList(addresses: readonly string[]): string[] {
  return [...new Set(addresses.filter((address) => /^https?:\/\//.test(address)))].sort();
}
