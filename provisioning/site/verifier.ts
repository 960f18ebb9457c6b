// What a database server checks a password by: the password itself never leaves for the host when it is made.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const sha1 = (of: string | Buffer) => createHash('sha1').update(of).digest()

/** MariaDB's mysql_native_password: `*` and forty signs. */
export const mariadbVerifier = (password: string): string => `*${sha1(sha1(password)).toString('hex').toUpperCase()}`

/** As pg_authid keeps it (RFC 5802, RFC 7677). The password is ASCII: SASLprep leaves it. */
export function postgresVerifier(password: string, salt = randomBytes(16), rounds = 4096): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`
}
