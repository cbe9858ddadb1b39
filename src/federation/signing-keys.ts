import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/**
 * The key pair of a new local account: RSA 2048, as Akkoma's signing_keys and Pleroma's users.keys
 * hold it (docs/instance/accounts.md#signing-keys):
 * PKCS#1 without a trailing line break, SubjectPublicKeyInfo with two.
 */
export async function generateSigningKeys(): Promise<{ publicKey: string; privateKey: string }> {
  const { publicKey, privateKey } = await generate('rsa', {
    modulusLength: 2048,
    publicExponent: 0x10001,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { publicKey: `${publicKey.trimEnd()}\n\n`, privateKey: privateKey.trimEnd() };
}
