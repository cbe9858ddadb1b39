import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** What makes two requests the same one. */
export interface KeyedRequest {
  /** Who asks: another caller's equal key is another key. */
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  /** The Idempotency-Key. */
  readonly key: string;
  /** All else that was asked. */
  readonly content: string;
}

/** Under which digests an answer is kept, and how it is made unreadable. */
export interface Seal {
  /** 32 bytes: caller, method, path and key. */
  readonly id: Buffer;
  /** 32 bytes: another content has others. */
  readonly request: Buffer;
  readonly close: (text: string) => Buffer;
  readonly open: (sealed: Uint8Array) => string;
}

const ivLength = 12;
const tagLength = 16;

/**
 * Answers may hold passwords, tokens and links for new passwords. They are sealed (AES-256-GCM) by a key made of the caller's own key and the request,
 * neither of which is kept: only who sends both again can open them. So a key must be as hard to guess as a UUID.
 */
export function sealOf({ caller, method, path, key, content }: KeyedRequest): Seal {
  const id = digest(JSON.stringify([caller, method, path, key]));
  const derived = Buffer.from(hkdfSync('sha256', key, digest(content), 'steward idempotency', 64));
  const [secret, request] = [derived.subarray(0, 32), derived.subarray(32)];
  return {
    id,
    request,
    close: (text) => {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(id);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },
    open: (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, ivLength), {
        authTagLength: tagLength,
      })
        .setAAD(id)
        .setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
      return Buffer.concat([
        decipher.update(sealed.subarray(ivLength + tagLength)),
        decipher.final(),
      ]).toString('utf8');
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
