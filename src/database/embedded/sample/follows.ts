import { addActivity, addressed } from './activities.js';
import type { Ledger } from './ledger.js';
import { isSocial, type People, type Person } from './people.js';
import { days, later, timestamps, type Row } from './world.js';

const states = { pending: 1, accept: 2, reject: 3 } as const;

interface Follow {
  readonly follower: Person;
  readonly followed: Person;
  readonly time: Date;
  readonly state: keyof typeof states;
  /**
   * Made by an administrator: such a follow writes no activities
   * (docs/documented-api.md#where-the-documents-and-the-programs-differ).
   */
  readonly silent?: true;
}

/** Rows of `following_relationships`, their activities and notices, and everybody's counters. */
export function followRows(ledger: Ledger, people: People): Row[] {
  const follows = [...agreed(ledger, people), ...chosen(ledger, people)];
  const unique = new Map(
    follows.reverse().map((follow) => [`${follow.follower.id} ${follow.followed.id}`, follow]),
  );
  const inOrder = [...unique.values()].sort((a, b) => a.time.getTime() - b.time.getTime());
  for (const follow of inOrder) {
    count(follow);
    if (!follow.silent) announce(ledger, follow);
  }
  return inOrder.map(({ follower, followed, time, state }, index) => ({
    id: index + 1,
    follower_id: follower.id,
    following_id: followed.id,
    state: states[state],
    ...timestamps(time),
  }));
}

/** Those the story needs: people who still follow a deactivated account, the relay, the weather bot's only one. */
function agreed(ledger: Ledger, people: People): Follow[] {
  const follow = (follower: string, followed: string, daysAgo: number): Follow => ({
    follower: people.named(follower),
    followed: people.named(followed),
    time: ledger.daysAgo(daysAgo),
    state: 'accept',
  });
  return [
    follow('relay', 'relay@relay.example', 58),
    follow('oskar', 'dealfinder', 40),
    follow('yara', 'dealfinder', 37),
    follow('sanjay', 'bakery_official', 30),
    follow('dealfinder', 'megasavings@mastodon.example', 36),
    { ...follow('harbourweather', 'eilidh', 9), silent: true },
  ];
}

function chosen(ledger: Ledger, people: People): Follow[] {
  const { random } = ledger;
  const social = people.all.filter(isSocial);
  const worthwhile = [
    ...social,
    people.named('harbourweather'),
    people.named('dailypress@press.example'),
  ];
  const local = worthwhile.filter((person) => person.local);
  return social.flatMap((follower) => {
    const followed = follower.local
      ? random.some(worthwhile, 3 + random.below(7))
      : random.some(local, 1 + random.below(4));
    return followed
      .filter((person) => person !== follower)
      .map((person) => {
        const time = ledger.between(later(latest(follower, person), days), ledger.daysAgo(0.5));
        return { follower, followed: person, time, state: answer(ledger, person) };
      });
  });
}

function answer({ random }: Ledger, { profile, local }: Person): Follow['state'] {
  if (profile.locked)
    return random.chance(0.5) ? 'pending' : random.chance(0.2) ? 'reject' : 'accept';
  return !local && random.chance(0.1) ? 'pending' : 'accept';
}

function latest(a: Person, b: Person): Date {
  return a.joined > b.joined ? a.joined : b.joined;
}

/**
 * Only accepted follows, only active people; remote people keep what their server says
 * (docs/instance/accounts.md#relationship-counters).
 */
function count({ follower, followed, state }: Follow): void {
  if (state !== 'accept') return;
  if (followed.local && isCounted(follower)) followed.followerCount += 1;
  if (follower.local && isCounted(followed)) follower.followingCount += 1;
}

function isCounted({ profile, nickname }: Person): boolean {
  return !profile.deactivated && !nickname.startsWith('internal.');
}

function announce(ledger: Ledger, { follower, followed, time, state }: Follow): void {
  const request = addActivity(ledger, follower, time, {
    type: 'Follow',
    object: followed.apId,
    state,
    ...addressed([followed.apId]),
  });
  if (state !== 'pending') {
    const type = state === 'accept' ? 'Accept' : 'Reject';
    const answered = later(time, followed.profile.locked ? days / 4 : 40);
    addActivity(ledger, followed, answered, {
      type,
      object: request.data.id,
      ...addressed([follower.apId]),
    });
  }
  if (state === 'reject') return;
  ledger.notices.push({
    user: followed,
    activityId: request.id,
    type: state === 'pending' ? 'follow_request' : 'follow',
    time,
  });
}
