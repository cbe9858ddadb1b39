import { addActivity, addressed, everyone } from './activities.js';
import type { Ledger } from './ledger.js';
import { isSocial, type People, type Person } from './people.js';
import type { Status } from './statuses.js';
import { collections } from './user-rows.js';
import { later, minutes, published } from './world.js';

/** Likes and boosts of the posts everybody can see; nobody likes what will be reported. */
export function addReactions(ledger: Ledger, people: People, statuses: readonly Status[]): void {
  const social = people.all.filter(isSocial);
  const visible = statuses.filter(
    ({ scope, key }) => (scope === 'public' || scope === 'unlisted') && key === undefined,
  );
  for (const status of visible) {
    const { random } = ledger;
    const fans = social.filter((person) => person !== status.author && person.joined < status.time);
    random
      .some(fans, random.below(4) * random.below(3))
      .forEach((fan) => like(ledger, status, fan));
    if (status.scope === 'public')
      random
        .some(fans, random.below(3) * random.below(2))
        .forEach((fan) => boost(ledger, status, fan));
  }
}

function like(ledger: Ledger, { note, author, time }: Status, fan: Person): void {
  const moment = soonAfter(ledger, time);
  const followers = collections(fan).followers ?? fan.apId;
  const data = {
    type: 'Like',
    object: note.id,
    context: note.context,
    ...addressed([author.apId, followers], [everyone]),
  };
  const { id } = addActivity(ledger, fan, moment, data);
  note.likes = [fan.apId, ...(note.likes ?? [])];
  note.like_count = note.likes.length;
  ledger.notices.push({ user: author, activityId: id, type: 'favourite', time: moment });
}

function boost(ledger: Ledger, { note, author, time }: Status, fan: Person): void {
  const moment = soonAfter(ledger, time);
  const followers = collections(fan).followers ?? fan.apId;
  const audience = addressed([author.apId, everyone], [followers]);
  const data = {
    type: 'Announce',
    object: note.id,
    context: note.context,
    published: published(moment),
    ...audience,
  };
  const { id } = addActivity(ledger, fan, moment, data);
  note.announcements = [fan.apId, ...(note.announcements ?? [])];
  note.announcement_count = note.announcements.length;
  ledger.notices.push({ user: author, activityId: id, type: 'reblog', time: moment });
}

function soonAfter(ledger: Ledger, time: Date): Date {
  const end = later(time, 2_000 * minutes);
  return ledger.between(time, end < ledger.now ? end : ledger.now);
}
