// A zone on PowerDNS, through its API (docs/http-api): it knows no compare-and-swap, so it is read, compared, patched and read back.
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import type { State } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { keysOf, type Writing } from './bind.ts'
import { nameOf } from './name.ts'
import { dataOf } from './rdata.ts'
import { isServersOwn, keyText, type RrsetKey, type RrsetState, readKey, sameState, stateOf } from './state.ts'
import { typeNumber } from './types.ts'
import { atName, notAsBefore, notTaken } from './words.ts'

export interface PowerDnsAccess {
  /** `https://ns1.example.go.id:8081`; `http` on this machine alone. */
  readonly url: string
  readonly apiKey: string
}

const PATIENCE = 15_000
const LARGEST = 64 << 20
/** From so many on, the zone as a whole is less work. */
const MANY = 20

const Rrsets = z.object({
  rrsets: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      ttl: z.number().int(),
      records: z.array(z.object({ content: z.string(), disabled: z.boolean().default(false) })),
    }),
  ),
})
const Trouble = z.object({ error: z.string() })

/** The key goes in a header, to nobody else (no redirect is followed), and unencrypted only within this machine. */
async function api(access: PowerDnsAccess, method: string, path: string, body: object | null, call: Call): Promise<Outcome<unknown>> {
  const base = URL.parse(access.url)
  const loopback = base !== null && /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(base.hostname)
  if (base === null || !(base.protocol === 'https:' || (base.protocol === 'http:' && loopback)) || base.username !== '')
    return failed('invalid', 'The API of PowerDNS is reached by https, or by http on this machine alone. Put a TLS proxy before it.')
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(PATIENCE)])
  try {
    const answer = await fetch(`${base.origin}${base.pathname.replace(/\/+$/, '')}/api/v1/servers/localhost${path}`, {
      method,
      redirect: 'error',
      signal,
      headers: { 'X-API-Key': access.apiKey, accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }) },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    })
    const text = await bounded(answer)
    if (text === null) return failed('tooBig', 'PowerDNS answers with more than 64 MiB.')
    return answer.ok ? done(text === '' ? null : JSON.parse(text)) : refusal(answer.status, text, base.host)
  } catch (error) {
    if (call.signal.aborted) return failed('cancelled', 'Asking PowerDNS was broken off.')
    if (signal.aborted) return failed('timeout', `PowerDNS at ${base.host} does not answer.`)
    if (error instanceof SyntaxError) return failed('garbage', `What answers at ${base.host} is not the API of PowerDNS.`)
    if (error instanceof TypeError) return failed('unreachable', `PowerDNS at ${base.host} cannot be reached.`)
    throw error
  }
}

async function bounded(answer: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > LARGEST) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function refusal(status: number, text: string, host: string): Outcome<never> {
  if (status === 401 || status === 403)
    return failed('wrongCredential', `PowerDNS at ${host} does not take this API key. Compare it with api-key there.`)
  if (status === 404) return failed('notFound', `PowerDNS at ${host} does not have this zone. Make it there first.`)
  if (status === 409) return failed('conflict', `PowerDNS at ${host} has this zone already.`)
  if (status >= 500) return failed('unreachable', `PowerDNS at ${host} cannot answer now (${status}).`)
  return failed('invalid', `PowerDNS at ${host} refuses: ${troubleIn(text)}`)
}

function troubleIn(text: string): string {
  try {
    const read = Trouble.safeParse(JSON.parse(text))
    if (read.success) return read.data.error.slice(0, 300)
  } catch {
    // Not JSON: shown as it came.
  }
  return text.slice(0, 300)
}

const zoneId = (zone: string): string =>
  zone.replaceAll(/[^a-z0-9._-]/g, sign => `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

/** As PowerDNS writes types, and what is switched off there. */
interface Found {
  readonly state: RrsetState
  readonly off: boolean
}

export function powerDnsWriting(zone: string, access: PowerDnsAccess): Writing {
  async function fetchAll(only: RrsetKey | null, call: Call): Promise<Outcome<ReadonlyMap<string, Found>>> {
    const asked = only === null ? '' : `?rrset_name=${encodeURIComponent(only.owner)}&rrset_type=${encodeURIComponent(only.type)}`
    const answer = await api(access, 'GET', `/zones/${zoneId(zone)}${asked}`, null, call)
    if (!answer.ok) return answer
    const read = Rrsets.safeParse(answer.value)
    if (!read.success) return failed('garbage', 'The API of PowerDNS answers in a way that is not known here.')
    const found = new Map<string, Found>()
    for (const { name, type, ttl, records } of read.data.rrsets) {
      const owner = nameOf(name)
      const number = typeNumber(type)
      if (owner !== null && number !== null && isServersOwn(number)) continue
      const on = records.filter(({ disabled }) => !disabled)
      if (owner === null || on.length === 0) continue
      // A type without a number here is shown as it is written there.
      const data = on.map(({ content }) => (number === null ? content : (dataOf(type, content) ?? content)))
      found.set(keyText({ owner, type }), { state: stateOf(type, ttl, data), off: on.length < records.length })
    }
    return done(found)
  }

  async function fetchSome(names: readonly string[], call: Call): Promise<Outcome<ReadonlyMap<string, Found | null>>> {
    const keys = keysOf([...new Set(names)])
    if (!keys.ok) return keys
    if (keys.value.length >= MANY) {
      const all = await fetchAll(null, call)
      return all.ok ? done(new Map(names.map(name => [name, all.value.get(name) ?? null]))) : all
    }
    const found = new Map<string, Found | null>()
    for (const key of keys.value) {
      const one = await fetchAll(key, call)
      if (!one.ok) return one
      found.set(keyText(key), one.value.get(keyText(key)) ?? null)
    }
    return done(found)
  }

  return {
    async read(names, call) {
      const found = await fetchSome(names, call)
      return found.ok ? done(new Map([...found.value].map(([name, one]) => [name, one?.state ?? null]))) : found
    },
    async list(call) {
      const all = await fetchAll(null, call)
      return all.ok ? done(new Map<string, State>([...all.value].map(([name, { state }]) => [name, state]))) : all
    },
    async swap(changes, call) {
      if (changes.length === 0) return done(undefined)
      const names = changes.map(({ name }) => name)
      const wrong = keysOf(names)
      if (!wrong.ok) return wrong
      // As a whole: asked for one RRset, PowerDNS keeps quiet about what is switched off in it.
      const was = await fetchAll(null, call)
      if (!was.ok) return was
      const now = (name: string): State | null => was.value.get(name)?.state ?? null
      const open = changes.filter(({ name, after }) => !sameState(now(name), after))
      if (open.length === 0) return done(undefined)
      for (const { name, before } of open) {
        if (!sameState(now(name), before)) return atName(name, notAsBefore(name, now(name)))
        if (was.value.get(name)?.off === true) return atName(name, switchedOff(name))
      }
      // What goes first: a CNAME is not taken beside what is still there.
      const inOrder = [...open.filter(({ after }) => after === null), ...open.filter(({ after }) => after !== null)]
      const patched = await api(access, 'PATCH', `/zones/${zoneId(zone)}`, { rrsets: inOrder.map(patchOf) }, call)
      if (!patched.ok) return patched
      const is = await fetchSome(names, call)
      if (!is.ok) return is
      const missed = changes.find(({ name, after }) => !sameState(is.value.get(name)?.state ?? null, after))
      return missed === undefined ? done(undefined) : atName(missed.name, notTaken(missed.name, is.value.get(missed.name)?.state ?? null))
    },
  }
}

const switchedOff = (name: string) => ({
  id: `${name} memiliki data yang dimatikan di PowerDNS; data itu akan hilang. Hapus atau nyalakan dahulu di sana.`,
  en: `${name} has records that are switched off in PowerDNS and would be lost. Remove them there, or switch them on, first.`,
})

function patchOf({ name, after }: { readonly name: string; readonly after: State | null }): object {
  const key = readKey(name)!
  if (after === null) return { name: key.owner, type: key.type, changetype: 'DELETE' }
  const { ttl, data } = after as RrsetState
  return { name: key.owner, type: key.type, changetype: 'REPLACE', ttl, records: data.map(content => ({ content, disabled: false })) }
}

/** A new zone with these name servers, each absolute; PowerDNS makes the SOA and gives out the serial numbers. */
export async function createPowerDnsZone(
  zone: string,
  access: PowerDnsAccess,
  { kind, nameservers }: { readonly kind: 'Native' | 'Master'; readonly nameservers: readonly string[] },
  call: Call,
): Promise<Outcome<void>> {
  const made = await api(access, 'POST', '/zones', { name: zone, kind, nameservers, soa_edit_api: 'INCREASE' }, call)
  return made.ok ? done(undefined) : made
}
