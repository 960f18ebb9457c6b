// Which passwords are taken: long ones that are not the first a stranger would try. No rules about signs (NIST SP 800-63B 5.1.1.2).

export const LEAST = 10
const MOST = 200

/** What people here and elsewhere begin a bad password with; digits and signs around it make it no better. */
const WORST: ReadonlySet<string> = new Set([
  ...['password', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'qwerty', 'qwertyuiop', 'qwertyui', 'asdfghjkl', 'zxcvbnm', 'letmein', 'welcome', 'welkom'],
  ...['admin', 'administrator', 'superadmin', 'root', 'changeme', 'default', 'secret', 'rahasia', 'katasandi', 'sandi', 'kata sandi', 'iloveyou'],
  ...['indonesia', 'merdeka', 'bismillah', 'alhamdulillah', 'assalamualaikum', 'sayang', 'sayangku', 'cintaku', 'garuda', 'pancasila', 'jakarta'],
  ...['dinas', 'diskominfo', 'kominfo', 'pemprov', 'provinsi', 'kabupaten', 'datacenter', 'datacentre', 'server', 'suar', 'monitoring', 'operator'],
  ...['abc', 'abcdef', 'abcdefghij', 'test', 'testing', 'percobaan', 'user', 'pengguna', 'football', 'dragon', 'monkey', 'sunshine', 'princess'],
])

const RUNS = ['01234567890123456789', '09876543210987654321', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '1q2w3e4r5t6y7u8i9o0p']

/** Why this password is not taken, for people; null when it is. */
export function passwordMistake(password: string, login: string): string | null {
  const text = password.normalize('NFKC')
  if ([...text].length < LEAST) return `Use at least ${LEAST} signs; a few words in a row are easy to keep in mind.`
  if (text.length > MOST) return `Use at most ${MOST} signs.`
  const small = text.toLowerCase()
  const name = login.toLowerCase().replace(/@.*$/, '')
  if (small === login.toLowerCase() || (name.length >= 4 && small.includes(name))) return 'The login must not be part of the password.'
  const core = small.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const repeated = new Set(small).size <= 3
  const run = RUNS.some(run => run.includes(small) || small.split(run.slice(0, 8)).join('').length < 4)
  if (repeated || run || WORST.has(core) || WORST.has(small.replace(/[^\p{L}]/gu, '')) || WORST.has(small))
    return 'This is one of the first passwords that anybody would try. Take a few words that only you would put together.'
  return null
}
