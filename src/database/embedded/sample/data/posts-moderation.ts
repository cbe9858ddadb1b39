import type { PostData } from './post.js';

/** Posts the reports are about, and a few letters nobody else can read. */
export const moderationPosts: readonly PostData[] = [
  {
    by: 'dealfinder',
    key: 'deal-1',
    daysAgo: 14,
    text: 'HOT DEAL! Five umbrellas for the price of six! https://deals.example/umbrella #deal',
  },
  {
    by: 'dealfinder',
    key: 'deal-2',
    daysAgo: 13.5,
    text: '@kavita you love umbrellas! https://deals.example/umbrella?ref=22 #deal',
  },
  {
    by: 'dealfinder',
    key: 'deal-3',
    daysAgo: 13.2,
    text: '@haruto you love trains! Train umbrellas! https://deals.example/umbrella?ref=23 #deal',
  },
  {
    by: 'bakery_official',
    key: 'fake-bakery',
    daysAgo: 20,
    text: 'Pre-order hedgehog bread now, pay in advance: https://bakery-official.example/pay',
  },
  {
    by: 'gadgetgarden',
    key: 'gadget-1',
    daysAgo: 4.5,
    text: 'This self-stirring mug changed our mornings. https://gadgets.example/mug?tag=gg-21',
    media: [{ file: 'mug.jpg', alt: 'A steel mug with a button', width: 900, height: 900 }],
  },
  {
    by: 'gadgetgarden',
    key: 'gadget-2',
    daysAgo: 2.5,
    text: 'And this lamp knows when you are sad. https://gadgets.example/lamp?tag=gg-21',
  },
  {
    by: 'megasavings@mastodon.example',
    key: 'savings-1',
    daysAgo: 5.2,
    text: 'Savings for @amara and all her friends! https://savings.example/now',
  },
  {
    by: 'megasavings@mastodon.example',
    key: 'savings-2',
    daysAgo: 5.1,
    text: 'Savings for @suvi and all her friends! https://savings.example/now',
  },
  {
    by: 'grumpyheron@wetlands.example',
    key: 'heron-1',
    daysAgo: 7,
    text: '@daria Nobody asked for another bird count. Your list is wrong, as always.',
    replies: [
      { by: 'daria', text: 'Which line? I am happy to correct it.' },
      { by: 'olek@wetlands.example', text: 'The list is fine.' },
    ],
  },
  {
    by: 'grumpyheron@wetlands.example',
    key: 'heron-2',
    daysAgo: 6.8,
    scope: 'unlisted',
    text: '@daria All of it.',
  },
  {
    by: 'harbourweather',
    key: 'weather-loop',
    daysAgo: 11,
    text: 'Wind ?? ??. High tide ??:?? and ??:??. #weather',
  },
  {
    by: 'tamsin',
    scope: 'direct',
    daysAgo: 16.5,
    text: '@quentin Lovely news about the swifts. Could you write it in lower case once? Screen readers spell capitals.',
    replies: [{ by: 'quentin', scope: 'direct', text: 'I had no idea. will do!' }],
  },
  {
    by: 'rafael',
    scope: 'direct',
    daysAgo: 3.5,
    text: '@gadgetgarden Please say when a link pays you. We have a tag for that: #advert',
    replies: [{ by: 'gadgetgarden', scope: 'direct', text: 'Understood, we will add it.' }],
  },
  {
    by: 'mira',
    scope: 'direct',
    daysAgo: 2,
    text: '@jonas Three people are waiting for approval. Have a look when the backups sleep?',
    replies: [{ by: 'jonas', scope: 'direct', text: 'Backups never sleep, but I will.' }],
  },
  {
    by: 'bastien',
    scope: 'direct',
    daysAgo: 19.5,
    text: '@tamsin There is a second bakery with my name, taking money. It is not me.',
    replies: [{ by: 'tamsin', scope: 'direct', text: 'On it. Thank you for telling us quickly.' }],
  },
];
