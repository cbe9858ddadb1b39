import { createClient } from './client.js';
import { listEveryone } from './list-everyone.js';
import { tagUsers } from './tag-users.js';

const { STEWARD_URL: url = 'http://127.0.0.1:4000/graphql', STEWARD_TOKEN: token = '' } =
  process.env;
const client = createClient(url, token);

const { pages, edges, totalCount } = await listEveryone(client, 20);
const users = edges.map(({ node }) => node);
console.log(
  `${users.length} of ${totalCount} local accounts in ${pages} pages, the newest ${users[0]?.nickname ?? 'nobody'}`,
);

const [first, second] = users;
if (!first?.nickname || !second?.nickname)
  throw new Error('This instance has fewer than two accounts.');
const done = await tagUsers(client, [first.nickname, second.nickname], ['example']);
console.log(
  done.ok
    ? `tagged ${first.nickname} and ${second.nickname}; the list in the cache knows: ${done.cachedTags(first.id).join(', ')}`
    : done.reasons,
);

const refused = await tagUsers(client, [first.nickname, 'nobody-of-that-name'], ['example']);
console.log(
  refused.ok
    ? 'tagged somebody who is not there'
    : `refused, nothing changed: ${refused.reasons.join('; ')}`,
);

if (
  users.length !== totalCount ||
  !done.ok ||
  !done.cachedTags(first.id).includes('example') ||
  refused.ok
)
  process.exitCode = 1;
