/** A local account of the sample. Without flags: an active, confirmed, approved person. */
export interface LocalProfile {
  nickname: string;
  name: string;
  bio: string;
  /** Days since registration. */
  days: number;
  role?: 'admin' | 'moderator';
  tags?: readonly string[];
  /** Why they want to join; makes the account unapproved. */
  registrationReason?: string;
  language?: string;
  bot?: true;
  deactivated?: true;
  locked?: true;
  suggested?: true;
  unconfirmed?: true;
}

export const localPeople: readonly LocalProfile[] = [
  {
    nickname: 'mira',
    name: 'Mira Okafor',
    bio: 'Runs this place. Tea, trams and tidy databases.',
    days: 812,
    role: 'admin',
  },
  {
    nickname: 'jonas',
    name: 'Jonas Lindqvist',
    bio: 'The other admin. Backups are a love language.',
    days: 810,
    role: 'admin',
    language: 'sv',
  },
  {
    nickname: 'tamsin',
    name: 'Tamsin Hale',
    bio: 'Moderator. Write to me before it keeps you awake.',
    days: 640,
    role: 'moderator',
  },
  {
    nickname: 'rafael',
    name: 'Rafael Nunes',
    bio: 'Moderador. Café, bicicletas e paciência.',
    days: 512,
    role: 'moderator',
    language: 'pt',
  },
  {
    nickname: 'aiko',
    name: '田中 愛子',
    bio: '写真と猫。Mostly film cameras.',
    days: 598,
    suggested: true,
    language: 'ja',
  },
  {
    nickname: 'amara',
    name: 'Amara Diallo',
    bio: 'Beekeeper on a rooftop, statistician below it.',
    days: 455,
    suggested: true,
  },
  {
    nickname: 'bastien',
    name: 'Bastien Lefèvre',
    bio: 'Boulanger. Levain, farine, réveil à trois heures.',
    days: 433,
    suggested: true,
    language: 'fr',
  },
  {
    nickname: 'bronagh',
    name: 'Bronagh Ní Dhuibhir',
    bio: 'Fiddle, fog and fact-checking.',
    days: 421,
  },
  {
    nickname: 'carlotta',
    name: 'Carlotta Esposito',
    bio: 'Restauro libri antichi. Carta, colla, pazienza.',
    days: 402,
    language: 'it',
  },
  {
    nickname: 'chidi',
    name: 'Chidi Eze',
    bio: 'Civil engineer. I will talk about bridges.',
    days: 398,
  },
  {
    nickname: 'daria',
    name: 'Дарья Соколова',
    bio: 'Орнитолог. Птицы, болота, резиновые сапоги.',
    days: 377,
    language: 'ru',
  },
  {
    nickname: 'dmitri',
    name: 'Dmitri',
    bio: 'Chess, slowly. Replies, even more slowly.',
    days: 371,
    locked: true,
  },
  {
    nickname: 'eilidh',
    name: 'Eilidh MacRae',
    bio: 'Lighthouse volunteer. Weather is content.',
    days: 349,
  },
  {
    nickname: 'emre',
    name: 'Emre Yıldız',
    bio: 'Ferry commuter, amateur astronomer. Boğaz ve yıldızlar.',
    days: 333,
    language: 'tr',
  },
  {
    nickname: 'fatima',
    name: 'فاطمة الزهراء',
    bio: 'Calligraphy and type design. خط عربي.',
    days: 320,
    suggested: true,
    language: 'ar',
  },
  {
    nickname: 'felix',
    name: 'Félix Bauer',
    bio: 'Synthesizers, solder, somewhat singed fingertips.',
    days: 311,
    tags: ['mrf_tag:media-force-nsfw'],
  },
  {
    nickname: 'greta',
    name: 'Greta Hoffmann',
    bio: 'Schrebergarten Nr. 42. Kürbisse!',
    days: 299,
    language: 'de',
  },
  { nickname: 'haruto', name: 'Haruto', bio: 'Trains, timetables, ekiben reviews.', days: 290 },
  {
    nickname: 'ines',
    name: 'Inés Quiroga',
    bio: 'Traductora. Guardo palabras sin equivalente.',
    days: 281,
    language: 'es',
  },
  {
    nickname: 'jasper',
    name: 'Jasper van Dijk',
    bio: 'Cartographer of very small places.',
    days: 266,
  },
  {
    nickname: 'kavita',
    name: 'Kavita Rao',
    bio: 'Public librarian. Ask me for a book.',
    days: 254,
  },
  { nickname: 'kofi', name: 'Kofi Mensah', bio: 'Teaches physics with kites.', days: 247 },
  {
    nickname: 'lucija',
    name: 'Lucija Horvat',
    bio: 'Open water swimmer, reluctant blogger.',
    days: 236,
    locked: true,
  },
  {
    nickname: 'marisol',
    name: 'Marisol Vega',
    bio: 'Repair café on Thursdays. Bring the toaster.',
    days: 225,
  },
  { nickname: 'mei', name: '林美', bio: '种菜，写诗，修自行车。', days: 214, language: 'zh' },
  { nickname: 'nils', name: 'Nils Berg', bio: 'Knitting patterns for tall people.', days: 203 },
  { nickname: 'noor', name: 'Noor Haddad', bio: 'Night nurse. Soup enthusiast.', days: 195 },
  { nickname: 'odalys', name: 'Odalys', bio: 'Radio plays and rain recordings.', days: 187 },
  {
    nickname: 'oskar',
    name: 'Oskar Nowak',
    bio: 'Retro games archivist. Cartridges welcome.',
    days: 176,
  },
  { nickname: 'petra', name: 'Petra Novotná', bio: 'Botany illustrator. Mostly moss.', days: 168 },
  {
    nickname: 'quentin',
    name: 'Quentin',
    bio: 'Posts in capitals when excited. Often excited.',
    days: 159,
    tags: ['mrf_tag:force-unlisted'],
  },
  {
    nickname: 'rosalind',
    name: 'Rosalind Achterberg',
    bio: 'Crosswords, cryptic in life and print.',
    days: 151,
  },
  {
    nickname: 'sanjay',
    name: 'Sanjay Patel',
    bio: 'Keeps a spreadsheet of every dosa.',
    days: 143,
  },
  {
    nickname: 'suvi',
    name: 'Suvi Korhonen',
    bio: 'Sauna, skiing, screen readers. Saavutettavuus ensin.',
    days: 134,
    language: 'fi',
  },
  {
    nickname: 'tomasz',
    name: 'Tomasz Zieliński',
    bio: 'Mushroom spotter. I never tell where.',
    days: 122,
  },
  { nickname: 'yara', name: 'Yara Almeida', bio: 'Samba drummer, weekday accountant.', days: 111 },
  {
    nickname: 'harbourweather',
    name: 'Harbour Weather',
    bio: 'Automatic. Wind and tide, every morning.',
    days: 290,
    bot: true,
  },
  {
    nickname: 'dealfinder',
    name: 'Deal Finder',
    bio: 'Hot deals every hour!',
    days: 74,
    deactivated: true,
    tags: ['mrf_tag:sandbox'],
  },
  {
    nickname: 'bakery_official',
    name: 'Bastien’s Bakery OFFICIAL',
    bio: 'The real bakery. Honest.',
    days: 70,
    deactivated: true,
  },
  {
    nickname: 'gadgetgarden',
    name: 'Gadget Garden',
    bio: 'Gadgets we love. Links may pay for our lunch.',
    days: 96,
    tags: ['mrf_tag:media-strip', 'needs-watching'],
  },
  { nickname: 'leopold', name: 'Leopold', bio: '', days: 9, unconfirmed: true },
  { nickname: 'wren', name: 'Wren', bio: '', days: 2, unconfirmed: true },
  {
    nickname: 'zofia',
    name: 'Zofia Lis',
    bio: '',
    days: 4,
    registrationReason: 'My sister Petra draws moss here and I would like to see it.',
  },
  {
    nickname: 'mateus',
    name: 'Mateus',
    bio: '',
    days: 3,
    registrationReason: 'Gosto de trens. O Haruto disse que aqui há mais gente assim.',
  },
  {
    nickname: 'growthguru',
    name: 'Growth Guru',
    bio: '',
    days: 1,
    registrationReason: 'We help communities grow with great offers, please approve quickly',
  },
  { nickname: 'ivy', name: 'Ivy Castellanos', bio: 'New here, please be patient.', days: 33 },
];
