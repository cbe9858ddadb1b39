// Who may import whom. One sentence: doors call operations, operations call what stands behind them, and nobody calls back.
const room = (names) => `^src/(${names})(/|\\.ts$|$)`;
const only = (name, allowed, why) => ({
  name: `${name}-imports`,
  comment: why,
  severity: 'error',
  from: { path: room(name) },
  to: { path: '^src/', pathNot: room(`${name}|${allowed}`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('erlang', 'nothing', 'The codec is pure: it imports nothing of Steward.'),
    only('lib', 'nothing', 'What knows nothing of the domain.'),
    only('environment', 'lib', 'Settings stand at the bottom.'),
    only('errors', 'nothing', 'The catalogue stands at the bottom.'),
    only('turn', 'nothing', 'What is shared in one turn knows nothing of what is asked.'),
    only(
      'database',
      'lib|environment|errors|erlang|turn',
      'The database knows no operation and no door (the sample instance writes terms).',
    ),
    only('federation', 'database|errors', 'Documents are pure; the outbox needs a transaction.'),
    only('mail', 'erlang|errors', 'Messages are pure; a transport sends them.'),
    only(
      'instance',
      'database|erlang|errors',
      "The instance's settings come from its tables and its file.",
    ),
    only('auth', 'database|errors|instance', 'Credentials and policy know no operation.'),
    only('context', 'auth|database|instance|errors|mail', 'What an operation may know.'),
    only(
      'resolvers',
      'lib|database|federation|erlang|mail|instance|auth|context|errors',
      'Operations know no door.',
    ),
    only(
      'idempotency',
      'auth|database|context|errors',
      "Answers kept under a caller's key: both doors of HTTP ask it.",
    ),
    only(
      'schema',
      'resolvers|auth|context|errors|instance|database|erlang',
      'A door calls operations; of the database it sees rows and ids.',
    ),
    only(
      'rest',
      'lib|turn|idempotency|resolvers|auth|context|errors|instance|database|erlang',
      'A door calls operations; of the database it sees rows and ids.',
    ),
    only(
      'server',
      'lib|idempotency|schema|rest|auth|database|context|errors|environment|instance|mail',
      'The server puts the HTTP doors together.',
    ),
    only('main', 'cli', 'The program only hands over to the command line.'),
    {
      name: 'operations-know-no-transport',
      comment:
        'An operation is called by every door: it must not know GraphQL, HTTP or a terminal.',
      severity: 'error',
      from: { path: room('resolvers') },
      to: { path: 'node_modules/(graphql|graphql-yoga|@pothos|hono|@hono|commander|@clack|zod)' },
    },
    {
      name: 'prisma-in-two-places',
      comment:
        'The Prisma client is made in src/database; the schema builder hands it to Pothos. Elsewhere only its types may appear.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(database/|schema/builder\\.ts)' },
      to: {
        path: '(src/database/generated|node_modules/@prisma)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|src/database/generated' },
    exclude: { path: '\\.sql$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
