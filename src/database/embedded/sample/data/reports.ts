export interface ReportData {
  by: string;
  about: string;
  comment: string;
  state: 'open' | 'closed' | 'resolved';
  daysAgo: number;
  /** Keys of the reported posts. */
  posts: readonly string[];
  /** How many further reported posts were already gone when the report was read. */
  lost?: number;
  /** A copy was sent to the reported account's own server. */
  forwarded?: true;
  notes?: readonly { by: string; text: string }[];
  /** Who changed the state. */
  handledBy?: string;
}

export const reports: readonly ReportData[] = [
  {
    by: 'kofi',
    about: 'oskar',
    comment: 'Gives away the ending of a game my class is playing.',
    state: 'closed',
    daysAgo: 32,
    posts: ['clock-spoiler'],
    handledBy: 'tamsin',
    notes: [{ by: 'tamsin', text: 'Has a content warning, nothing to do.' }],
  },
  {
    by: 'suvi',
    about: 'felix',
    comment: 'Fast blinking picture, the warning came only after an edit.',
    state: 'resolved',
    daysAgo: 23.5,
    posts: ['light-organ'],
    handledBy: 'rafael',
    notes: [{ by: 'rafael', text: 'Agreed with Felix: media hidden by default for a month.' }],
  },
  {
    by: 'bastien',
    about: 'bakery_official',
    comment: 'This account pretends to be my bakery and takes money.',
    state: 'resolved',
    daysAgo: 19,
    posts: ['fake-bakery'],
    lost: 1,
    handledBy: 'tamsin',
    notes: [
      { by: 'tamsin', text: 'Confirmed with Bastien by direct message.' },
      { by: 'mira', text: 'Account deactivated, payment page reported to the host.' },
    ],
  },
  {
    by: 'nils',
    about: 'quentin',
    comment: 'All capitals, all the time.',
    state: 'closed',
    daysAgo: 16.8,
    posts: ['capitals'],
    handledBy: 'tamsin',
  },
  {
    by: 'kavita',
    about: 'dealfinder',
    comment: 'Unwanted adverts by mention.',
    state: 'resolved',
    daysAgo: 13,
    posts: ['deal-1', 'deal-2'],
    handledBy: 'mira',
    notes: [{ by: 'rafael', text: 'Third complaint this week.' }],
  },
  {
    by: 'haruto',
    about: 'dealfinder',
    comment: 'There is no such thing as a train umbrella.',
    state: 'resolved',
    daysAgo: 12.9,
    posts: ['deal-3'],
    handledBy: 'mira',
  },
  {
    by: 'eilidh',
    about: 'harbourweather',
    comment: '',
    state: 'closed',
    daysAgo: 10.8,
    posts: ['weather-loop'],
    handledBy: 'jonas',
    notes: [{ by: 'jonas', text: 'Tide service was down, bot fixed.' }],
  },
  {
    by: 'daria',
    about: 'grumpyheron@wetlands.example',
    comment: 'Follows me from thread to thread to complain. Could someone have a word?',
    state: 'open',
    daysAgo: 6.5,
    posts: ['heron-1', 'heron-2'],
    forwarded: true,
    notes: [{ by: 'tamsin', text: 'Wrote to the admins of wetlands.example.' }],
  },
  {
    by: 'amara',
    about: 'megasavings@mastodon.example',
    comment: 'Spam by mention',
    state: 'open',
    daysAgo: 5,
    posts: ['savings-1'],
    forwarded: true,
  },
  {
    by: 'suvi',
    about: 'megasavings@mastodon.example',
    comment: 'Spam, and no picture descriptions either.',
    state: 'open',
    daysAgo: 4.9,
    posts: ['savings-2'],
    lost: 1,
  },
  {
    by: 'ada@mastodon.example',
    about: 'gadgetgarden',
    comment: 'Undisclosed advertising links',
    state: 'open',
    daysAgo: 2.2,
    posts: ['gadget-1', 'gadget-2'],
    notes: [{ by: 'rafael', text: 'Asked them to mark adverts, waiting for the next post.' }],
  },
  {
    by: 'rosalind',
    about: 'growthguru',
    comment: 'Wrote to me by mail before even being approved.',
    state: 'open',
    daysAgo: 0.4,
    posts: [],
  },
];
