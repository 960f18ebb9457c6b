// The way into an SNMP device, as options of a command line and the environment say it.
import { readFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { type Address, SnmpAccess } from '../domain/device.ts'

export const ACCESS_OPTIONS = {
  version: { type: 'string' },
  community: { type: 'string' },
  user: { type: 'string' },
  auth: { type: 'string' },
  'auth-password-env': { type: 'string' },
  'auth-password-file': { type: 'string' },
  priv: { type: 'string' },
  'priv-password-env': { type: 'string' },
  'priv-password-file': { type: 'string' },
  context: { type: 'string' },
} as const

export const ACCESS_HELP = `  --version 1|2c|3            2c; 3 when --user is given
  --community TEXT            public; better in the environment as SUAR_COMMUNITY
  --user NAME                 for version 3
  --auth PROTOCOL             md5, sha, sha224, sha256, sha384, sha512
  --auth-password-env NAME    the variable with the password; SUAR_AUTH_PASSWORD when left out
  --auth-password-file FILE   or a file with it
  --priv PROTOCOL             des, aes, aes192, aes256, aes192r, aes256r (r: Cisco's key extension)
  --priv-password-env NAME    SUAR_PRIV_PASSWORD when left out
  --priv-password-file FILE
  --context NAME              of version 3
`

type Values = { readonly [K in keyof typeof ACCESS_OPTIONS]?: string | undefined }
type Made<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

/** Reads the options; secrets come from files and the environment, never into a message. */
export function readAccess(values: Values, env: NodeJS.ProcessEnv): Made<SnmpAccess> {
  const version = values.version ?? (values.user === undefined ? '2c' : '3')
  if (version !== '1' && version !== '2c' && version !== '3') return { ok: false, reason: `--version ${version}: use 1, 2c or 3` }
  if (version !== '3') {
    for (const name of ['user', 'auth', 'priv', 'context'] as const)
      if (values[name] !== undefined) return { ok: false, reason: `--${name} is for version 3 only` }
    return made(SnmpAccess.safeParse({ via: 'snmp', version, community: values.community ?? env['SUAR_COMMUNITY'] ?? 'public' }))
  }
  if (values.community !== undefined) return { ok: false, reason: '--community is for versions 1 and 2c; version 3 has --user' }
  if (values.user === undefined) return { ok: false, reason: '--version 3 needs --user' }
  if (values.priv !== undefined && values.auth === undefined)
    return { ok: false, reason: '--priv needs --auth: nothing is encrypted without a proof of who sends it' }
  const auth = secret('auth', values, env)
  if (!auth.ok) return auth
  const priv = secret('priv', values, env)
  if (!priv.ok) return priv
  return made(
    SnmpAccess.safeParse({
      via: 'snmp',
      version,
      user: values.user,
      ...(values.auth !== undefined && { auth: { protocol: values.auth, password: auth.value } }),
      ...(values.priv !== undefined && { priv: { protocol: values.priv, password: priv.value } }),
      ...(values.context !== undefined && { context: values.context }),
    }),
  )
}

function secret(of: 'auth' | 'priv', values: Values, env: NodeJS.ProcessEnv): Made<string | undefined> {
  if (values[of] === undefined) return { ok: true, value: undefined }
  const file = values[`${of}-password-file`]
  if (file !== undefined) {
    try {
      return { ok: true, value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') }
    } catch (error) {
      return { ok: false, reason: `--${of}-password-file: ${(error as Error).message}` }
    }
  }
  const name = values[`${of}-password-env`] ?? (of === 'auth' ? 'SUAR_AUTH_PASSWORD' : 'SUAR_PRIV_PASSWORD')
  const password = env[name]
  if (password === undefined || password === '') return { ok: false, reason: `--${of} needs a password: set ${name}, or give --${of}-password-file` }
  return { ok: true, value: password }
}

function made(parsed: ReturnType<typeof SnmpAccess.safeParse>): Made<SnmpAccess> {
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  const what = issue?.path[0] === 'auth' || issue?.path[0] === 'priv' ? `--${issue.path[0]}` : (issue?.path.join('.') ?? 'access')
  const short = issue?.code === 'too_small' && issue.path.at(-1) === 'password'
  return { ok: false, reason: short ? `${what}: the password must have at least 8 characters (RFC 3414)` : `${what}: ${issue?.message ?? 'invalid'}` }
}

/** `host`, `host:port`, `1.2.3.4:1161`, `[::1]:1161` or a bare IPv6 address. */
export function readAddress(text: string): Made<Address> {
  if (isIPv6(text)) return { ok: true, value: { host: text, port: 161 } }
  const found = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d+))?$/.exec(text)
  const host = found?.[1] ?? found?.[2]
  const port = found?.[3] === undefined ? 161 : Number(found[3])
  if (host === undefined || (found?.[1] !== undefined && !isIPv6(host))) return { ok: false, reason: `"${text}" is no host or host:port` }
  if (port < 1 || port > 65_535) return { ok: false, reason: `port ${port} is not between 1 and 65535` }
  return { ok: true, value: { host, port } }
}
