// What an authority would find, looked at first from here: its limits on failures are few, and its words about them are not ours.
import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../../daemon/domain/call.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { askWeb } from '../site/outside/web.ts'
import type { AcmeSettings } from './settings.ts'

const TRIES = 3
const BETWEEN = 700

/** Null: the answer to the challenge is there, or another server answers for it that only the authority can follow. */
export async function lookForAnswer(
  { domain, token, text }: { readonly domain: string; readonly token: string; readonly text: string },
  look: AcmeSettings['look'],
  call: Call,
): Promise<Words | null> {
  if (look === false) return null
  for (let left = TRIES; ; left--) {
    const found = await lookOnce(domain, token, text, look, call)
    if (found === null || left <= 1 || call.signal.aborted) return found
    await pause(BETWEEN)
  }
}

async function lookOnce(
  domain: string,
  token: string,
  text: string,
  { servers, port }: { readonly servers?: readonly string[] | undefined; readonly port: number },
  call: Call,
): Promise<Words | null> {
  const addresses = await addressesOf(domain, servers)
  if (addresses.length === 0)
    return {
      id: `${domain} belum mempunyai alamat. Arahkan DNS-nya ke host situs ini, lalu coba lagi.`,
      en: `${domain} has no address. Point its DNS at the host of this website, then try again.`,
    }
  let unreached: string | null = null
  for (const address of addresses) {
    const answer = await askWeb({ address, port, domain, path: `/.well-known/acme-challenge/${token}`, roots: null }, call)
    if (!answer.ok) {
      unreached = answer.failure.message
      continue
    }
    const { code, body } = answer.value
    if ((code >= 300 && code < 400) || (code === 200 && body.trim() === text)) return null
    return {
      id: `${domain} (${address}) tidak mengarah ke host situs ini: jawabannya ${code}. Perbaiki data DNS-nya, lalu coba lagi.`,
      en: `${domain} (${address}) does not lead to the host of this website: it answers ${code}. Mend its DNS records, then try again.`,
    }
  }
  return {
    id: `${domain} tidak dapat dihubungi pada port ${port}: ${unreached}`,
    en: `${domain} cannot be reached on port ${port}: ${unreached}`,
  }
}

/** IPv6 first, as authorities ask. None when there is no such name. */
async function addressesOf(domain: string, servers: readonly string[] | undefined): Promise<readonly string[]> {
  if (isIP(domain) !== 0) return [domain]
  if (servers === undefined) {
    const found = await lookup(domain, { all: true }).catch(() => [])
    return found.sort((a, b) => b.family - a.family).map(({ address }) => address)
  }
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  resolver.setServers([...servers])
  const [six, four] = await Promise.all([resolver.resolve6(domain).catch(() => []), resolver.resolve4(domain).catch(() => [])])
  return [...six, ...four]
}
