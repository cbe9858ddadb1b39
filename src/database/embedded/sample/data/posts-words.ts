import type { PostData } from './post.js';

/** Words, pictures, birds and science. */
export const wordsPosts: readonly PostData[] = [
  {
    by: 'fatima',
    language: 'ar',
    text: 'كل حرف يحتاج إلى نَفَس. #خط',
    media: [
      {
        file: 'nun.png',
        alt: 'The letter nun, written with a broad reed pen',
        width: 1200,
        height: 1200,
      },
    ],
    replies: [{ by: 'carlotta', text: 'The stroke ends exactly where it must.' }],
  },
  { by: 'fatima', text: 'Working on a typeface whose bold is not just louder. #type' },
  {
    by: 'aiko',
    language: 'ja',
    text: '猫がフィルムの箱で寝ている。今日は撮影なし。',
    media: [
      {
        file: 'cat-in-box.jpg',
        alt: 'A grey cat asleep in a cardboard film box',
        width: 1024,
        height: 1024,
      },
    ],
    replies: [{ by: 'kei@pixels.example', language: 'ja', text: '正しい判断です。' }],
  },
  { by: 'aiko', text: 'Developed a roll from 2009. Everyone in it has the same phone. #film' },
  {
    by: 'ines',
    language: 'es',
    text: 'Palabra del día: «sobremesa». El rato que nadie quiere levantarse. #words',
    replies: [
      { by: 'mateo@books.example', language: 'es', text: 'La mejor parte de cualquier novela.' },
      { by: 'gwen@fedi.example', text: 'We need this word, may we borrow it?' },
      { by: 'ines', text: 'Keep it as long as you like.' },
    ],
  },
  { by: 'ines', text: 'A translator is someone who apologises in two languages. #words' },
  {
    by: 'rosalind',
    text: 'Clue of the week: “Sounds like a bird, acts like a thief (6)”. Answers by direct message. #crossword',
    daysAgo: 27,
  },
  {
    by: 'rosalind',
    text: 'It was ROBBIN’. Yes, the apostrophe is cheating. #crossword',
    daysAgo: 25,
    replies: [{ by: 'bronagh', text: 'I want my stamp back.' }],
  },
  {
    by: 'bronagh',
    text: 'Checked a quote that was “by” four poets. It is by a tea bag. #factcheck',
    replies: [{ by: 'editor@press.example', text: 'We ran it in June. Correction follows.' }],
  },
  {
    by: 'odalys',
    text: 'Recorded rain on six roofs. Slate wins. #fieldrecording',
    media: [
      { file: 'slate.ogg', alt: 'Forty seconds of rain on a slate roof', width: 0, height: 0 },
    ],
  },
  {
    by: 'odalys',
    scope: 'unlisted',
    text: 'Looking for three voices for a radio play about a lift. Nobody has to act tall.',
  },
  {
    by: 'daria',
    language: 'ru',
    text: 'На болоте снова выпь. Слышно за три километра, не видно за три метра. #birds',
    replies: [{ by: 'olek@wetlands.example', text: 'Ours started yesterday!' }],
  },
  {
    by: 'daria',
    text: 'Ringed 48 reed warblers before breakfast. One of them bit me, as usual. #birds',
  },
  {
    by: 'kofi',
    text: 'Today’s lesson: why the kite pulls sideways. Today’s result: one kite on the gym roof. #physics',
    replies: [{ by: 'chidi', text: 'I have a ladder and a permit.' }],
  },
  {
    by: 'kofi',
    text: 'A pupil asked whether the moon is tired. I have no better question this week.',
  },
  { by: 'dmitri', scope: 'private', text: 'Move 31. See you in November.' },
  {
    by: 'quentin',
    scope: 'unlisted',
    key: 'capitals',
    daysAgo: 17,
    text: 'THE SWIFTS ARE BACK THE SWIFTS ARE BACK #birds',
  },
  {
    by: 'lena@books.example',
    text: 'Shelf four, book nineteen: a novel about a letter nobody opens. I opened it. #books',
  },
  {
    by: 'mateo@books.example',
    language: 'es',
    text: 'Leí una novela entera entre dos estaciones. Era un viaje largo.',
  },
  {
    by: 'nadia@books.example',
    text: 'Found in a margin: “No. – See page 40.” Page 40 says: “Yes.”',
  },
  {
    by: 'ada@mastodon.example',
    text: 'The river rose eleven centimetres overnight and brought us a chair. #rivers',
    replies: [{ by: 'jasper', text: 'Which bank? For the map.' }],
  },
  {
    by: 'benoit@mastodon.example',
    language: 'fr',
    text: 'Vent de face à l’aller, vent de face au retour. #bicycles',
  },
  {
    by: 'esther@fedi.example',
    text: 'Choir tonight. We will sing the difficult one until it is merely long. #music',
  },
  { by: 'gwen@fedi.example', text: 'Bore da. Coffee first, mutations later.' },
  {
    by: 'hugo@fedi.example',
    text: 'RTFM: Read The Friendly Manual. Chapter 3 is genuinely moving.',
  },
  {
    by: 'imani@pixels.example',
    text: 'Market, 6 a.m. #streetphotography',
    media: [
      {
        file: 'market.jpg',
        alt: 'Two fruit sellers laughing behind a pyramid of oranges',
        width: 1620,
        height: 1080,
      },
    ],
  },
  {
    by: 'kei@pixels.example',
    language: 'ja',
    text: '雨の路地。傘がひとつ。',
    media: [
      {
        file: 'alley.jpg',
        alt: 'A single red umbrella in a narrow lane',
        width: 1080,
        height: 1620,
      },
    ],
  },
  { by: 'olek@wetlands.example', text: 'Bittern count: 7, or one very fast one. #birds' },
  {
    by: 'pia@wetlands.example',
    text: 'Peat core pulled: 3.2 metres, about 4,000 years, one boot print (mine). #peat',
    replies: [{ by: 'amara', text: 'Please publish the boot print.' }],
  },
  {
    by: 'runa@wetlands.example',
    scope: 'unlisted',
    text: 'The saga says he “went north and it was cold”. Peer review accepts.',
  },
  {
    by: 'dailypress@press.example',
    text: 'City council votes for more benches. https://press.example/benches',
    daysAgo: 6,
  },
  {
    by: 'dailypress@press.example',
    text: 'Swifts return two days early. https://press.example/swifts',
    daysAgo: 16,
  },
  {
    by: 'editor@press.example',
    text: 'The bot posts the headlines. I post the corrections. We are a team.',
  },
  {
    by: 'sorrel@quiet.example',
    text: 'Off to the hills, back when the boots say so.',
    daysAgo: 21,
  },
];
