import type { PostData } from './post.js';

/** Around the town and about the instance. */
export const townPosts: readonly PostData[] = [
  {
    by: 'mira',
    pinned: true,
    daysAgo: 59.5,
    text: 'Welcome! House rules in one line: be kind, describe your pictures, ask before you argue. #welcome',
    replies: [
      {
        by: 'jonas',
        text: 'And if something breaks, tell us. We probably know, but tell us anyway.',
      },
      { by: 'kavita', text: 'Bookmarked for the next newcomer.' },
      { by: 'esther@fedi.example', text: 'This is a lovely front door.' },
    ],
  },
  {
    by: 'jonas',
    daysAgo: 45,
    text: 'Maintenance on Sunday, 06:00 to 06:20 UTC. Timelines will be slow, coffee will be fast. #maintenance',
    replies: [{ by: 'noor', text: 'Thanks for picking the one hour I sleep.' }],
  },
  {
    by: 'jonas',
    daysAgo: 43,
    text: 'Maintenance done. Two indexes lighter, nothing lost. #maintenance',
    scope: 'local',
  },
  {
    by: 'tamsin',
    scope: 'local',
    text: 'Moderation notes for this month: four reports, all answered within a day. Thank you for writing clear ones.',
  },
  {
    by: 'rafael',
    scope: 'unlisted',
    language: 'pt',
    text: 'Plantão de moderação até às 22h. Chamem se precisarem.',
  },
  {
    by: 'chidi',
    text: 'The old footbridge reopens on Friday. I have checked every rivet and slept well.',
    replies: [
      { by: 'jasper', text: 'Finally I can stop drawing it as a dotted line.' },
      { by: 'yara', text: 'See you on it with drums.' },
    ],
  },
  {
    by: 'jasper',
    text: 'Mapped every public bench between the station and the harbour: 61. Three of them face a wall. #maps',
    media: [
      {
        file: 'bench-map.png',
        alt: 'A hand-drawn map with 61 small bench symbols',
        width: 1600,
        height: 1200,
      },
    ],
  },
  {
    by: 'haruto',
    text: 'The 07:12 arrived at 07:12. I told everyone at work. #trains',
    replies: [{ by: 'devon@mastodon.example', text: 'Framing this.' }],
  },
  {
    by: 'haruto',
    text: 'Ekiben of the week: rice with sweet potato, nine out of ten. #trains #lunch',
    media: [
      {
        file: 'ekiben.jpg',
        alt: 'A wooden lunch box with rice and orange slices of sweet potato',
        width: 1280,
        height: 960,
      },
    ],
  },
  { by: 'emre', language: 'tr', text: 'Vapurdan günaydın. Martılar simit istiyor, ben de.' },
  {
    by: 'emre',
    text: 'Clear sky tonight. I will have the telescope at the ferry pier from nine, everyone may look. #astronomy',
    replies: [
      { by: 'kofi', text: 'Bringing twelve pupils and one flask of tea.' },
      { by: 'emre', text: 'Then I bring the big eyepiece.' },
    ],
  },
  {
    by: 'eilidh',
    text: 'Fog horn test at noon. If you hear it at another hour, that is not a test.',
  },
  {
    by: 'eilidh',
    text: 'Lighthouse log: wind south-west, one seal, no ships, two scones.',
    replies: [
      { by: 'bronagh', text: 'Only two?' },
      { by: 'eilidh', text: 'The seal was not hungry.' },
    ],
  },
  {
    by: 'marisol',
    text: 'Repair café on Thursday: last week 14 of 17 things left working. The toaster remains undefeated. #repair',
    replies: [{ by: 'felix', text: 'Bring it to me. I have a fire extinguisher now.' }],
  },
  { by: 'marisol', language: 'es', text: 'El jueves arreglamos lámparas. Hay galletas. #repair' },
  {
    by: 'kavita',
    text: 'The library now lends umbrellas. They come back at a better rate than the books. #library',
  },
  {
    by: 'kavita',
    text: 'What should the reading group take next?',
    poll: { options: ['Short stories', 'A very long novel', 'Letters', 'Poems'], days: 5 },
    replies: [
      { by: 'lena@books.example', text: 'Letters, please. Nobody ever picks letters.' },
      { by: 'rosalind', text: 'A very long novel of letters.' },
    ],
  },
  {
    by: 'suvi',
    text: 'Reminder: a picture without a description is a closed door. It takes a minute. #accessibility',
    replies: [{ by: 'imani@pixels.example', text: 'You taught me that last year. Thank you.' }],
  },
  { by: 'suvi', language: 'fi', text: 'Sauna lämmin, lumi hiljaa. Hyvää yötä.' },
  {
    by: 'noor',
    scope: 'private',
    text: 'Night shift number five. The soup is lentil, the moon is full, everyone is stable.',
  },
  { by: 'sanjay', text: 'Dosa number 212: crisp edges, shy chutney. Spreadsheet updated. #lunch' },
  {
    by: 'yara',
    text: 'Rehearsal moved to Wednesday. Earplugs for the neighbours are in the blue box.',
  },
  { by: 'lucija', scope: 'private', text: 'Swam to the second buoy. It is colder than the first.' },
  {
    by: 'ivy',
    daysAgo: 29,
    text: 'Hello! I followed Amara’s bees here. #introduction',
    replies: [
      { by: 'amara', text: 'Welcome! They send regards.' },
      { by: 'mira', text: 'Glad you are here.' },
    ],
  },
  {
    by: 'harbourweather',
    daysAgo: 3,
    scope: 'unlisted',
    text: 'Wind SW 4, gusts 6. High tide 07:41 and 20:03. #weather',
  },
  {
    by: 'harbourweather',
    daysAgo: 2,
    scope: 'unlisted',
    text: 'Wind W 3. High tide 08:26 and 20:50. #weather',
  },
  {
    by: 'harbourweather',
    daysAgo: 1,
    scope: 'unlisted',
    text: 'Wind NW 2, fog before nine. High tide 09:12 and 21:36. #weather',
  },
];
