// A website looked at as its visitors see it: led on to HTTPS, believed by a browser, answered by this very host, and closed to tricks with links.
import { randomBytes } from 'node:crypto'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof, State, ThingRef } from '../../../daemon/domain/change.ts'
import { done, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { Hands, HostHands } from '../../hands.ts'
import { proof } from '../proof.ts'
import { asWebsite } from './session.ts'
import { settled } from './settled.ts'
import { linked, removed, written } from './sftp.ts'
import { type Answered, askWeb } from './web.ts'

/** What a virtual host of ours says of itself. */
export interface Described {
  readonly domains: readonly string[]
  readonly suspended: boolean
  /** It hands on to a program, which may not be there yet. */
  readonly app: boolean
}

function describedBy(content: string): Described {
  const domains = [...content.matchAll(/^\s*(?:server_name|ServerName|ServerAlias) ([a-z0-9.-]+);?$/gm)].map(([, domain]) => domain!)
  return {
    domains: [...new Set(domains)],
    suspended: /^\s*(return 503;|RewriteRule \^ - \[R=503,L\])$/m.test(content),
    app: /^\s*(proxy_pass|ProxyPass \/ )/m.test(content),
  }
}

/** How many names are asked; of more, the first ones. */
const NAMES = 5

/** Each name by HTTP and HTTPS; then a file that only this host can have. Fails only where the host itself cannot be asked. */
export async function lookByWeb(thing: ThingRef, content: string, host: HostHands, hands: Hands, call: Call): Promise<Outcome<readonly Proof[]>> {
  const described = describedBy(content)
  const asked = described.domains.slice(0, NAMES)
  const first = asked[0] ?? ''
  const files = !described.suspended && !described.app
  const [proofs, own, links] = await Promise.all([
    Promise.all(
      asked.flatMap(domain => [
        settled(() => leadsOn(thing, domain, host, call), call),
        settled(() => serves(thing, domain, described, host, hands, call), call),
      ]),
    ),
    settled(() => answersItself(thing, first, host, hands, call), call),
    files ? settled(() => refusesLinks(thing, first, host, hands, call), call) : null,
  ])
  if (!own.ok) return own
  if (links?.ok === false) return links
  return done([...proofs, own.value, ...(links === null ? [] : [links.value])])
}

async function leadsOn(thing: ThingRef, domain: string, { reach }: HostHands, call: Call): Promise<Proof> {
  const to = `https://${domain}${reach.https === 443 ? '' : `:${reach.https}`}/`
  const answer = await askWeb({ address: reach.address, port: reach.http, domain, path: '/', roots: null }, call)
  if (!answer.ok) return silent(thing, `http://${domain}/`, answer.failure.message)
  const ok = answer.value.code === 301 && answer.value.location === to
  return proof(
    thing,
    'outside',
    ok,
    ok
      ? { id: `http://${domain}/ mengarahkan ke HTTPS`, en: `http://${domain}/ leads on to HTTPS` }
      : { id: `http://${domain}/ tidak mengarahkan ke HTTPS`, en: `http://${domain}/ does not lead on to HTTPS` },
    { code: answer.value.code, location: answer.value.location, address: reach.address },
  )
}

async function serves(thing: ThingRef, domain: string, described: Described, { reach }: HostHands, hands: Hands, call: Call): Promise<Proof> {
  const url = `https://${domain}/`
  const answer = await askWeb({ address: reach.address, port: reach.https, domain, path: '/', roots: hands.certificates.roots() }, call)
  if (!answer.ok) return silent(thing, url, answer.failure.message)
  const { code, certificate } = answer.value
  const facts = {
    code,
    address: reach.address,
    fingerprint: certificate?.fingerprint ?? null,
    until: certificate?.notAfter ?? null,
    ...(certificate?.doubt === null ? {} : { doubt: certificate?.doubt ?? 'no certificate' }),
  }
  const say = (ok: boolean, id: string, en: string) => proof(thing, 'outside', ok, { id: `${url} ${id}`, en: `${url} ${en}` }, facts)
  if (certificate === null || certificate.doubt !== null)
    return say(false, 'tidak dipercaya peramban: sertifikatnya tidak sah', 'is not believed by browsers: its certificate is not valid')
  if (described.suspended)
    return code === 503
      ? say(true, 'menyatakan situs dinonaktifkan sementara (503)', 'says that the website is suspended (503)')
      : say(false, `menjawab ${code}, padahal situs dinonaktifkan`, `answers ${code} though the website is suspended`)
  if (described.app && (code === 502 || code === 503 || code === 504))
    return say(true, `siap; aplikasinya belum menjawab (${code})`, `is ready; its program does not answer yet (${code})`)
  return code < 500
    ? say(true, `menjawab dengan sertifikat yang sah (${code})`, `answers with a valid certificate (${code})`)
    : say(false, `menjawab dengan kesalahan ${code}`, `answers with error ${code}`)
}

/** A file under a name nobody knows, put there by the broker: whoever answers with it is this host, and no other that has the address. */
async function answersItself(thing: ThingRef, domain: string, host: HostHands, hands: Hands, call: Call): Promise<Outcome<Proof>> {
  const token = `suar-${randomBytes(16).toString('hex')}`
  const text = randomBytes(16).toString('hex')
  const put = await host.ask('challenge', { site: thing.name, token, text }, call)
  if (!put.ok) return put
  const { reach } = host
  const path = `/.well-known/acme-challenge/${token}`
  const answer = await askWeb({ address: reach.address, port: reach.https, domain, path, roots: hands.certificates.roots() }, call)
  const removed = await host.ask('challenge', { site: thing.name, token, text: null }, call)
  if (!removed.ok) return removed
  if (!answer.ok) return done(silent(thing, `https://${domain}${path}`, answer.failure.message))
  const ok = isOwn(answer.value, text)
  return done(
    proof(
      thing,
      'outside',
      ok,
      ok
        ? { id: `Yang menjawab sebagai ${domain} adalah ${host.id}`, en: `Who answers as ${domain} is ${host.id}` }
        : { id: `Yang menjawab sebagai ${domain} bukan ${host.id}`, en: `Who answers as ${domain} is not ${host.id}` },
      { code: answer.value.code, address: reach.address },
    ),
  )
}

/**
 * What is put into public/ is served, also through a link of the website's own; a link to what is another's is not: so no website shows its neighbours'
 * files or the host's.
 */
const refusesLinks = (thing: ThingRef, domain: string, host: HostHands, hands: Hands, call: Call): Promise<Outcome<Proof>> =>
  asWebsite(thing.name, host, hands, call, async session => {
    const [stem, text] = [`suar-${randomBytes(8).toString('hex')}`, randomBytes(16).toString('hex')]
    const { reach } = host
    const ask = async (file: string) => {
      const asked = { address: reach.address, port: reach.https, domain, path: `/${file}`, roots: hands.certificates.roots() }
      const answer = await askWeb(asked, call)
      return answer.ok ? answer.value : null
    }
    const say = (ok: boolean, id: string, en: string, facts: State = {}) => done(proof(thing, 'outside', ok, { id, en }, facts))
    if (session.kind === 'refused')
      return say(false, 'Berkas uji tidak dapat ditaruh: SFTP menolak', 'A file to try with could not be put there: SFTP refuses')
    const sftp = await session.ssh.requestSFTP()
    const [file, near, far] = [`${stem}.txt`, `${stem}-own.txt`, `${stem}-other.txt`]
    try {
      const put =
        (await written(sftp, `/public/${file}`, text)) ??
        (await linked(sftp, file, `/public/${near}`)) ??
        (await linked(sftp, ANOTHERS, `/public/${far}`))
      if (put !== null)
        return say(false, 'Berkas uji tidak dapat ditaruh di public/', 'A file to try with could not be put into public/', { why: put.message })
      const [own, through, other] = await Promise.all([ask(file), ask(near), ask(far)])
      const codes = { file: own?.code ?? null, ownLink: through?.code ?? null, foreignLink: other?.code ?? null }
      if (own?.code !== 200 || own.body !== text || through?.body !== text)
        return say(false, 'Berkas di public/ tidak disajikan', 'A file in public/ is not served', codes)
      return other !== null && !/^root:/m.test(other.body)
        ? say(
            true,
            'Berkas situs disajikan; tautan ke berkas pihak lain ditolak',
            'Files of the website are served; links to files of others are refused',
            codes,
          )
        : say(false, 'Tautan ke berkas pihak lain diikuti', 'Links to files of others are followed', codes)
    } finally {
      await Promise.all([file, near, far].map(one => removed(sftp, `/public/${one}`)))
    }
  })

/** Everybody on a host may read it, and no website owns it. */
const ANOTHERS = '/etc/passwd'

const isOwn = (answer: Answered, text: string): boolean => answer.code === 200 && answer.body.trim() === text

const silent = (thing: ThingRef, url: string, why: string): Proof =>
  proof(thing, 'outside', false, { id: `${url} tidak menjawab`, en: `${url} does not answer` }, { why })
