import { localPeople, type LocalProfile } from './data/local-people.js';
import { remotePeople, type RemoteProfile } from './data/remote-people.js';
import { later, minutes, paddedToken, type World } from './world.js';

export type ActorType = 'Person' | 'Service' | 'Application';

/** A row of `users` in the making: fixed facts, and counters the other builders raise. */
export interface Person {
  readonly id: string;
  readonly nickname: string;
  readonly name: string | null;
  readonly bio: string;
  readonly apId: string;
  /** Scheme and host of their server. */
  readonly origin: string;
  readonly local: boolean;
  /** Registered here, or seen here for the first time. */
  readonly joined: Date;
  readonly actorType: ActorType;
  /** The instance's own actors: no profile, hidden from lists. */
  readonly internal: boolean;
  readonly profile: Partial<LocalProfile>;
  readonly confirmationToken: string | null;
  noteCount: number;
  followerCount: number;
  followingCount: number;
  lastPost: Date | null;
  /** Object id → time of pinning. */
  readonly pinned: Record<string, string>;
}

export interface People {
  readonly all: readonly Person[];
  find(nickname: string): Person | undefined;
  /** The person of that nickname; the sample's own data never names anybody else. */
  named(nickname: string): Person;
}

export function createPeople(world: World): People {
  const all = [
    internalActor(world, 'internal.fetch', '/internal/fetch'),
    internalActor(world, 'relay', '/relay'),
    ...localPeople.map((profile) => localPerson(world, profile)),
    ...remotePeople.map((profile) => remotePerson(world, profile)),
  ];
  const byNickname = new Map(all.map((person) => [person.nickname, person]));
  const find = (nickname: string): Person | undefined => byNickname.get(nickname);
  const named = (nickname: string): Person => {
    const person = find(nickname);
    if (!person) throw new Error(`The sample knows no ${nickname}`);
    return person;
  };
  return { all, find, named };
}

/** Takes part: active, let in, and a human being. */
export function isSocial(person: Person): boolean {
  const { deactivated, unconfirmed, registrationReason, tags } = person.profile;
  const letIn = !deactivated && !unconfirmed && registrationReason === undefined;
  return person.actorType === 'Person' && letIn && !tags?.includes('mrf_tag:sandbox');
}

function internalActor(world: World, nickname: string, path: string): Person {
  const server = { apId: world.base + path, origin: world.base, local: true, internal: true };
  return {
    ...newcomer(world, world.daysAgo(813)),
    ...server,
    nickname,
    name: null,
    bio: '',
    actorType: 'Application',
    profile: {},
  };
}

function localPerson(world: World, profile: LocalProfile): Person {
  const { nickname, name, bio } = profile;
  const joined = later(world.daysAgo(profile.days), world.random.below(600) * minutes);
  const server = {
    apId: `${world.base}/users/${nickname}`,
    origin: world.base,
    local: true,
    internal: false,
  };
  const confirmationToken = profile.unconfirmed ? paddedToken(world.random) : null;
  const actorType = profile.bot ? 'Service' : 'Person';
  return {
    ...newcomer(world, joined),
    ...server,
    nickname,
    name,
    bio,
    actorType,
    profile,
    confirmationToken,
  };
}

function remotePerson(
  world: World,
  { nickname, host, name, bio, audience, type = 'Person', tags }: RemoteProfile,
): Person {
  const joined = world.between(world.daysAgo(400), world.daysAgo(62));
  const origin = `https://${host}`;
  const apId = type === 'Application' ? `${origin}/actor` : `${origin}/users/${nickname}`;
  const [followerCount, followingCount] = audience;
  const person = {
    nickname: `${nickname}@${host}`,
    name,
    bio,
    apId,
    origin,
    local: false,
    internal: false,
    followerCount,
    followingCount,
  };
  return { ...newcomer(world, joined), ...person, actorType: type, profile: tags ? { tags } : {} };
}

function newcomer(world: World, joined: Date) {
  const counters = { noteCount: 0, followerCount: 0, followingCount: 0 };
  return {
    id: world.flakeAt(joined),
    joined,
    confirmationToken: null,
    ...counters,
    lastPost: null,
    pinned: {},
  };
}
