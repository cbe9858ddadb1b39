import { createContext } from '../../src/context.js';
import { openDatabase } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { readInstance } from '../../src/instance/read.js';
import { userDeleteActivities } from '../../src/resolvers/users/delete-activities.js';

/** Deletes the activities of an account, saying how far it is: to be killed. Arguments: URL, nickname. */
const [, , url = '', nickname = ''] = process.argv;
const database = await openDatabase(postgresPool(url, 2));
const context = createContext(
  {
    database,
    readInstance: () =>
      readInstance(database, {
        url: 'https://home.example',
        file: new Map(),
        configurableFromDatabase: true,
      }),
  },
  { kind: 'operator' },
);
await userDeleteActivities(context, {
  user: { nickname },
  onProgress: (done) => void process.stdout.write(`done ${String(done)}\n`),
});
process.stdout.write('over\n');
await database.close();
