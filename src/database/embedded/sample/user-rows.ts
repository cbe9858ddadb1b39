import { published, timestamps, naive, type Row, type World } from './world.js';
import type { Person } from './people.js';

/** The collections of a person; the fetch actor has none (it only signs requests), the relay pins nothing. */
export function collections({ apId, nickname, internal }: Person) {
  const none = nickname === 'internal.fetch';
  return {
    followers: none ? null : `${apId}/followers`,
    following: none ? null : `${apId}/following`,
    featured: internal ? null : `${apId}/collections/featured`,
  };
}

/** Where a browser shows the person. */
export function profileUrl({ local, origin, apId, nickname }: Person): string {
  return local ? apId : `${origin}/@${nickname.split('@')[0]}`;
}

export function emailOf({ local, internal, nickname }: Person): string | null {
  return local && !internal ? `${nickname}@mail.example` : null;
}

/** A row of `users`. Nobody has a password: in the sample only Steward's own token signs in. */
export function userRow(world: World, person: Person): Row {
  const { profile, local, lastPost } = person;
  const { followers, following, featured } = collections(person);
  const refreshed = local ? null : published(world.between(world.daysAgo(2), world.now));
  const approved = profile.registrationReason === undefined;
  const signsIn =
    local && !person.internal && !profile.deactivated && !profile.unconfirmed && approved;
  return {
    id: person.id,
    email: emailOf(person),
    nickname: person.nickname,
    name: person.name,
    bio: person.bio,
    ap_id: person.apId,
    ...timestamps(person.joined, lastPost ?? person.joined),
    local,
    avatar: {},
    actor_type: person.actorType,
    invisible: person.internal,
    follower_address: followers,
    following_address: following,
    featured_address: featured,
    inbox: local ? null : `${person.apId}/inbox`,
    shared_inbox: local ? null : `${person.origin}/inbox`,
    uri: local ? null : profileUrl(person),
    tags: profile.tags ?? [],
    language: profile.language ?? null,
    note_count: person.noteCount,
    follower_count: person.followerCount,
    following_count: person.followingCount,
    is_admin: profile.role === 'admin',
    is_moderator: profile.role === 'moderator',
    is_active: !profile.deactivated,
    is_locked: profile.locked ?? false,
    is_suggested: profile.suggested ?? false,
    is_confirmed: !profile.unconfirmed,
    confirmation_token: person.confirmationToken,
    is_approved: approved,
    registration_reason: profile.registrationReason ?? null,
    is_discoverable: !person.internal && !profile.locked,
    pinned_objects: person.pinned,
    last_status_at: lastPost && naive(lastPost),
    last_active_at: signsIn ? naive(world.between(world.daysAgo(6), world.now)) : null,
    last_refreshed_at: refreshed,
    last_digest_emailed_at: naive(person.joined),
  };
}
