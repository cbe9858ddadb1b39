import type { PostData } from './post.js';

/** Kitchens, gardens and workbenches. */
export const makingPosts: readonly PostData[] = [
  {
    by: 'bastien',
    pinned: true,
    language: 'fr',
    text: 'Le levain a sept ans aujourd’hui. Il s’appelle Gérard. #bread',
    media: [
      {
        file: 'gerard.jpg',
        alt: 'A jar of bubbling sourdough with a paper party hat',
        width: 1200,
        height: 1600,
      },
    ],
    replies: [
      { by: 'benoit@mastodon.example', language: 'fr', text: 'Joyeux anniversaire, Gérard !' },
      { by: 'sanjay', text: 'What does Gérard weigh?' },
      { by: 'bastien', language: 'fr', text: 'C’est impoli de demander.' },
    ],
  },
  { by: 'bastien', text: 'Tomorrow only: bread shaped like hedgehogs. I regret nothing. #bread' },
  {
    by: 'amara',
    text: 'First honey of the year: 11.4 kg, standard deviation zero, n = 1. #bees',
    media: [
      {
        file: 'honey.jpg',
        alt: 'Three jars of honey in front of a city skyline',
        width: 1600,
        height: 1067,
      },
    ],
    replies: [
      { by: 'rosalind', text: 'Un-bee-lievable. Sorry.' },
      { by: 'pia@wetlands.example', text: 'Which flowers are open on your roof?' },
      { by: 'amara', text: 'Mostly lime trees from the avenue below.' },
    ],
  },
  {
    by: 'amara',
    text: 'Is it still a garden when it is 22 storeys up?',
    poll: { options: ['Yes', 'Yes, but windier'], days: 3 },
  },
  {
    by: 'greta',
    language: 'de',
    text: 'Der Kürbis wiegt jetzt mehr als der Hund. #garden',
    media: [
      {
        file: 'kuerbis.jpg',
        alt: 'Ein sehr großer Kürbis neben einem kleinen Hund',
        width: 1400,
        height: 1050,
      },
    ],
    replies: [
      { by: 'devon@mastodon.example', text: 'What does the dog think?' },
      { by: 'greta', text: 'He guards it.' },
    ],
  },
  {
    by: 'greta',
    language: 'de',
    text: 'Saatguttausch am Samstag, Garten 42. Bringt Tüten mit! #garden',
  },
  { by: 'mei', language: 'zh', text: '阳台上的番茄红了三个。今天写不出诗，就吃番茄。' },
  { by: 'mei', text: 'Chain oiled, brakes quiet, poem unfinished. #bicycles' },
  {
    by: 'petra',
    text: 'Drew the same moss for six hours. It did not hold still. #botany',
    media: [
      {
        file: 'moss-study.jpg',
        alt: 'Pencil study of a cushion of moss, life size and enlarged',
        width: 1500,
        height: 1500,
      },
    ],
    replies: [
      { by: 'runa@wetlands.example', text: 'Grimmia?' },
      { by: 'petra', text: 'Grimmia pulvinata, well seen.' },
    ],
  },
  {
    by: 'tomasz',
    text: 'Found four kinds of mushrooms this morning. Where? In the forest. #mushrooms',
    replies: [
      { by: 'petra', text: 'Which forest?' },
      { by: 'tomasz', text: 'The one with the trees.' },
    ],
  },
  {
    by: 'nils',
    text: 'New pattern: a scarf for people of two metres and more. Free, wool not included. #knitting',
    replies: [{ by: 'chiara@mastodon.example', text: 'My brother thanks you from up there.' }],
  },
  {
    by: 'felix',
    text: 'The synthesizer plays again, and only smells a little. #electronics',
    replies: [{ by: 'farid@fedi.example', text: 'That is how you know it is analogue.' }],
  },
  {
    by: 'felix',
    warning: 'flashing lights',
    text: 'Light organ, first run. Careful, it blinks fast. #electronics',
    key: 'light-organ',
    daysAgo: 24,
    media: [
      { file: 'light-organ.gif', alt: 'Coloured lamps blinking quickly', width: 480, height: 360 },
    ],
  },
  {
    by: 'carlotta',
    language: 'it',
    text: 'Oggi ho ricucito un erbario del 1790. Dentro c’era ancora una viola. #books',
    media: [
      {
        file: 'erbario.jpg',
        alt: 'Una viola secca tra due pagine ingiallite',
        width: 1333,
        height: 1000,
      },
    ],
    replies: [
      { by: 'nadia@books.example', text: 'Please say it stays there.' },
      { by: 'carlotta', text: 'Of course. It is part of the binding now.' },
    ],
  },
  {
    by: 'oskar',
    text: 'A shoebox of cartridges arrived. One label only says DO NOT. Guess which one I try first. #retrogames',
    replies: [
      { by: 'haruto', text: 'We will miss you.' },
      { by: 'hugo@fedi.example', text: 'Have you read the manual?' },
      { by: 'oskar', text: 'The manual also says DO NOT.' },
    ],
  },
  {
    by: 'oskar',
    warning: 'spoilers, Castle of Clocks (1989)',
    text: 'The clockmaker was the clock all along.',
    key: 'clock-spoiler',
    daysAgo: 33,
  },
  {
    by: 'chiara@mastodon.example',
    text: 'Forty mugs, thirty-nine handles. Someone will want the fortieth. #ceramics',
  },
  {
    by: 'farid@fedi.example',
    text: 'Restrung the oud. The neighbours have requested the slow one again. #music',
  },
  {
    by: 'juno@pixels.example',
    text: 'The tree, day 871. #onetree',
    daysAgo: 15.3,
    media: [{ file: 'tree-871.jpg', alt: 'A bare oak in morning mist', width: 1080, height: 1350 }],
  },
  {
    by: 'juno@pixels.example',
    text: 'The tree, day 872. A magpie has moved in. #onetree',
    daysAgo: 14.3,
    media: [
      {
        file: 'tree-872.jpg',
        alt: 'The same oak with a magpie on the lowest branch',
        width: 1080,
        height: 1350,
      },
    ],
    replies: [{ by: 'daria', text: 'A young one, look at the tail.' }],
  },
  {
    by: 'devon@mastodon.example',
    text: 'The dog is fifteen today. He had cake, then a nap, then more cake.',
    replies: [{ by: 'noor', text: 'Ideal day.' }],
  },
];
