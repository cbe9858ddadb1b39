import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Person } from './people.js';
import { timestamps, type Row } from './world.js';

export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const generate = promisify(generateKeyPair);

/** A new RSA pair as PEM texts. */
export function generateSigningKeys(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

/**
 * Rows of `signing_keys` (docs/instance/accounts.md#signing-keys): a local account without one
 * cannot federate. The pairs are made side by side.
 */
export function signingKeyRows(
  people: readonly Person[],
  keyPair: () => Promise<KeyPair>,
): Promise<Row[]> {
  const local = people.filter((person) => person.local);
  return Promise.all(
    local.map(async ({ id, apId, joined }) => {
      const { publicKey, privateKey } = await keyPair();
      const pair = { public_key: `${publicKey}\n`, private_key: privateKey.trimEnd() };
      return { user_id: id, key_id: `${apId}#main-key`, ...pair, ...timestamps(joined) };
    }),
  );
}
