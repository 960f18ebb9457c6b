// Services, updates and certificates as systemd, OpenRC, the package managers and openssl print them. Pure.
import type { Figure } from '../host/figure.ts'
import { certificate, rebootNeeded, servicesFailed, updates } from '../host/upkeep.ts'
import { type Lines, nameable } from './linux.ts'

/** systemd: `name.service loaded failed failed Description`; OpenRC: ` name [ crashed ]`. One line each. */
export const failedServices = (lines: Lines): Figure[] => [servicesFailed(lines.filter(line => /\bfailed\b|\bcrashed\b/.test(line)).length)]

/** `Inst openssl [3.0.11-1] (3.0.13-1 Debian-Security:12/stable-security [amd64])` */
export const apt = (lines: Lines): Figure[] => {
  const pending = lines.filter(line => line.startsWith('Inst '))
  return [updates(pending.length, 'all'), updates(pending.filter(line => /security/i.test(line)).length, 'security')]
}

/** A heading, then `busybox-1.36.1-r2 < 1.36.1-r5`. */
export const apk = (lines: Lines): Figure[] => [updates(lines.filter(line => /\s<\s/.test(line)).length, 'all')]

/** `name.arch version repository` until a heading of another kind. */
export const dnf = (lines: Lines): Figure[] => {
  const until = lines.findIndex(line => /^(Obsoleting|Security:)/.test(line))
  return [updates((until < 0 ? lines : lines.slice(0, until)).filter(line => /^\S+\.\S+\s+\S+\s+\S+$/.test(line)).length, 'all')]
}

/** `name-1.2  <  needs updating (…)` */
export const pkg = (lines: Lines): Figure[] => [updates(lines.filter(line => /^\S+\s+</.test(line)).length, 'all')]

export const reboot = (lines: Lines): Figure[] => (lines[0] === '0' || lines[0] === '1' ? [rebootNeeded(lines[0] === '1')] : [])

/** The host's time, then `path|notAfter=Nov 20 12:00:00 2027 GMT` (openssl x509 -enddate). */
export function certificates(lines: Lines): Figure[] {
  const now = Number(lines[0])
  return lines.slice(1).flatMap(line => {
    const [path = '', text = ''] = line.split('|')
    const ends = Date.parse(/^notAfter=(.+)$/.exec(text)?.[1] ?? '') / 1000
    if (!Number.isFinite(ends) || !Number.isFinite(now)) return []
    return [certificate(nameable(nameOf(path)), ends - now)]
  })
}

/** `…/live/example.org/cert.pem` is known by its folder, others by their file. */
const nameOf = (path: string): string => {
  const parts = path.split('/')
  const file = parts.at(-1) ?? path
  return file === 'cert.pem' ? (parts.at(-2) ?? file) : file.replace(/\.(crt|pem)$/, '')
}
