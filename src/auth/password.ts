import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hash as argon2, verify as verifyArgon2 } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';

const derive = promisify(pbkdf2);
const pbkdf2Rounds = 160_000;
/** argon2id (the library's default) at the cost of argon2_elixir 3.2, which Akkoma uses. */
const argon2Cost = { memoryCost: 65_536, timeCost: 8, parallelism: 2, outputLen: 32 };

/**
 * Hash as the instance stores it (docs/instance/accounts.md#row-content): argon2id on Akkoma,
 * pbkdf2-sha512 on Pleroma, which knows no argon2.
 */
export async function hashPassword(
  password: string,
  family: 'akkoma' | 'pleroma',
): Promise<string> {
  if (family === 'akkoma') return argon2(password, argon2Cost);
  const salt = randomBytes(16);
  const key = await derive(password, salt, pbkdf2Rounds, 64, 'sha512');
  return `$pbkdf2-sha512$${String(pbkdf2Rounds)}$${adaptedBase64(salt)}$${adaptedBase64(key)}`;
}

/**
 * Whether `password` is the one behind `hash`: bcrypt, pbkdf2 or argon2
 * (docs/instance/oauth.md#password-hashes); anything else, or no hash, is refused.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  if (hash === null) return false;
  if (hash.startsWith('$argon2')) return verifyArgon2(hash, password).catch(() => false);
  if (hash.startsWith('$2')) return verifyBcrypt(password, hash).catch(() => false);
  if (hash.startsWith('$pbkdf2')) return verifyPbkdf2(password, hash);
  return false;
}

/** Hashes nobody has the password of, at the cost of new ones. */
const decoys = {
  akkoma:
    '$argon2id$v=19$m=65536,t=8,p=2$83v7+C/PkutvzN1v1Lz2Lw$4L2bNkYE4+/Wf1We6U+vpkbqg9EwMZ0E0JNFojLAA3k',
  pleroma:
    '$pbkdf2-sha512$160000$xc/UvZH0lDKyc3yVqrYOUA$e6QC08ek.l1RGxZjMZhK4Z8Z.MVe4r31ct/OZE8xLFPaXHj/ql8z57RKjSKeBcQFXEeJk2Ny3pFa0b6KpxgKqQ',
} as const;

/** As {@link verifyPassword}, but takes as long when there is no account, so that the time does not tell which names exist. */
export async function verifyPasswordOf(
  account: { readonly passwordHash: string | null } | undefined,
  password: string,
  family: 'akkoma' | 'pleroma',
): Promise<boolean> {
  const isRight = await verifyPassword(password, account?.passwordHash ?? decoys[family]);
  return isRight && account?.passwordHash != null;
}

async function verifyPbkdf2(password: string, hash: string): Promise<boolean> {
  const [, digest, rounds, salt, key] =
    /^\$pbkdf2-(sha\d+)\$(\d{1,7})\$([\w./+]+)\$([\w./+]+)$/.exec(hash) ?? [];
  if (digest === undefined || rounds === undefined || salt === undefined || key === undefined)
    return false;
  const expected = fromAdaptedBase64(key);
  // A hash of rounds, length or digest that there are none of is nobody's.
  const actual = await derive(
    password,
    fromAdaptedBase64(salt),
    Number(rounds),
    expected.length,
    digest,
  ).catch(() => undefined);
  return actual !== undefined && timingSafeEqual(actual, expected);
}

/** Base 64 without padding and with `.` for `+`, as passlib and pbkdf2_elixir write it. */
function adaptedBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '').replaceAll('+', '.');
}

function fromAdaptedBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64');
}
