/** A server the sample instance has met. */
export interface RemoteServer {
  host: string;
  software: string;
  version: string;
  /** Days since it last answered. */
  unreachableDays?: number;
}

export const remoteServers: readonly RemoteServer[] = [
  { host: 'mastodon.example', software: 'mastodon', version: '4.3.1' },
  { host: 'fedi.example', software: 'akkoma', version: '3.15.2' },
  { host: 'pixels.example', software: 'pixelfed', version: '0.12.4' },
  { host: 'books.example', software: 'bookwyrm', version: '0.7.5' },
  { host: 'wetlands.example', software: 'pleroma', version: '2.7.0' },
  { host: 'press.example', software: 'wordpress', version: '6.6.2' },
  { host: 'relay.example', software: 'activityrelay', version: '0.3.2' },
  { host: 'quiet.example', software: 'gotosocial', version: '0.16.0', unreachableDays: 19 },
];

export interface RemoteProfile {
  nickname: string;
  host: string;
  name: string;
  bio: string;
  /** Followers and followings as their own server tells them. */
  audience: readonly [followers: number, following: number];
  type?: 'Person' | 'Service' | 'Application';
  tags?: readonly string[];
}

export const remotePeople: readonly RemoteProfile[] = [
  {
    nickname: 'ada',
    host: 'mastodon.example',
    name: 'Ada Brightwater',
    bio: 'Rivers, mostly upstream.',
    audience: [812, 340],
  },
  {
    nickname: 'benoit',
    host: 'mastodon.example',
    name: 'Benoît Caron',
    bio: 'Vélo et météo.',
    audience: [233, 198],
  },
  {
    nickname: 'chiara',
    host: 'mastodon.example',
    name: 'Chiara',
    bio: 'Ceramics with opinions.',
    audience: [1450, 410],
  },
  {
    nickname: 'devon',
    host: 'mastodon.example',
    name: 'Devon Park',
    bio: 'Walks a very old dog.',
    audience: [96, 120],
  },
  {
    nickname: 'megasavings',
    host: 'mastodon.example',
    name: 'Mega Savings',
    bio: 'Savings so mega.',
    audience: [3, 2100],
    tags: ['mrf_tag:sandbox'],
  },
  {
    nickname: 'esther',
    host: 'fedi.example',
    name: 'Esther Lund',
    bio: 'Choir alto, code reviewer.',
    audience: [301, 287],
  },
  {
    nickname: 'farid',
    host: 'fedi.example',
    name: 'Farid',
    bio: 'Oud, olives, operating systems.',
    audience: [540, 212],
  },
  {
    nickname: 'gwen',
    host: 'fedi.example',
    name: 'Gwen Pryce',
    bio: 'Dw i’n hoffi coffi.',
    audience: [187, 166],
  },
  {
    nickname: 'hugo',
    host: 'fedi.example',
    name: 'Hugo',
    bio: 'Reads the manual aloud.',
    audience: [75, 80],
  },
  {
    nickname: 'imani',
    host: 'pixels.example',
    name: 'Imani Wanjiru',
    bio: 'Street photography, Nairobi.',
    audience: [2960, 455],
  },
  {
    nickname: 'juno',
    host: 'pixels.example',
    name: 'Juno',
    bio: 'One tree, every day.',
    audience: [640, 91],
  },
  {
    nickname: 'kei',
    host: 'pixels.example',
    name: '佐藤 圭',
    bio: '路地裏の写真。',
    audience: [1020, 310],
  },
  {
    nickname: 'lena',
    host: 'books.example',
    name: 'Lena Vogt',
    bio: 'Reading the shelf left to right.',
    audience: [210, 205],
  },
  {
    nickname: 'mateo',
    host: 'books.example',
    name: 'Mateo Ríos',
    bio: 'Novelas cortas para viajes largos.',
    audience: [388, 244],
  },
  {
    nickname: 'nadia',
    host: 'books.example',
    name: 'Nadia',
    bio: 'Marginalia.',
    audience: [58, 77],
  },
  {
    nickname: 'olek',
    host: 'wetlands.example',
    name: 'Olek',
    bio: 'Bittern counter.',
    audience: [144, 131],
  },
  {
    nickname: 'pia',
    host: 'wetlands.example',
    name: 'Pia Sand',
    bio: 'Peat is the past.',
    audience: [402, 163],
  },
  {
    nickname: 'runa',
    host: 'wetlands.example',
    name: 'Rúna',
    bio: 'Sagas and sedges.',
    audience: [266, 190],
  },
  {
    nickname: 'grumpyheron',
    host: 'wetlands.example',
    name: 'Grumpy Heron',
    bio: 'I disagree, from a distance.',
    audience: [12, 400],
  },
  {
    nickname: 'dailypress',
    host: 'press.example',
    name: 'The Daily Press',
    bio: 'Headlines by machine, coffee by hand.',
    audience: [5120, 0],
    type: 'Service',
  },
  {
    nickname: 'editor',
    host: 'press.example',
    name: 'Press Editor',
    bio: 'The human behind the headlines.',
    audience: [480, 52],
  },
  {
    nickname: 'relay',
    host: 'relay.example',
    name: 'Relay',
    bio: 'Passes posts on.',
    audience: [61, 61],
    type: 'Application',
  },
  {
    nickname: 'sorrel',
    host: 'quiet.example',
    name: 'Sorrel',
    bio: 'Gone hiking.',
    audience: [40, 38],
  },
  {
    nickname: 'tove',
    host: 'quiet.example',
    name: 'Tove',
    bio: 'Letters, not posts.',
    audience: [22, 31],
  },
];
