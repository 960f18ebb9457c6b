// Two hundred people at once at a whole daemon that polls its demonstration meanwhile: everybody has a page open, lists, reads, searches and files.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { believable } from '../../daemon/desk/demonstration/answers.ts'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import type { Service } from '../../daemon/domain/service.ts'
import type { TicketPage } from '../../daemon/domain/ticket-view.ts'
import { type Daemon, freshDemonstration, startDaemon } from '../support/daemon.ts'
import { openFilled } from './desk.ts'
import { type Bench, type Figure, main, median } from './run.ts'

const TICKETS = 10_000
const PEOPLE = 200
const ROUNDS = 8
/** Between what one person does and the next thing: nobody presses without a pause, ms. */
const THINKING = 1_500
/** Three in four ask, the others serve. */
const LOGINS = ['pemohon', 'pemohon-dinkes', 'pemohon-pesisir', 'pemohon', 'pemohon-dinkes', 'pemohon', 'petugas', 'kabid'] as const
const WORDS = ['integrasi', 'rekam medis', 'anggaran', 'T-20', 'gizi']

const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

interface Told {
  readonly lists: number[]
  readonly reads: number[]
  readonly searches: number[]
  readonly filings: number[]
  readonly wrong: string[]
  frames: number
}

type Ask = <T>(into: number[] | null, method: string, path: string, body?: unknown) => Promise<T | null>

/** Signs in by a press; gives how this person asks. */
async function signIn({ url }: Daemon, login: string, told: Told): Promise<{ readonly ask: Ask; readonly cookie: string }> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ demo: login }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await response.text()
  if (response.status !== 200) told.wrong.push(`sign-in ${response.status}`)
  const ask: Ask = async (into, method, path, body) => {
    const begun = performance.now()
    try {
      const answer = await fetch(new URL(`/api/v1${path}`, url), {
        method,
        headers: { cookie, ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      })
      const got = (await answer.json()) as never
      into?.push(performance.now() - begun)
      if (answer.status === 200) return got
      told.wrong.push(`${method} ${path}: ${answer.status} ${JSON.stringify(got)}`)
    } catch (error) {
      told.wrong.push(`${method} ${path}: ${String(error)}`)
    }
    return null
  }
  return { ask, cookie }
}

async function file(ask: Ask, told: Told, { form }: Service, i: number): Promise<void> {
  const begun = performance.now()
  const draft = await ask<{ number: string }>(null, 'POST', '/tickets', { service: 'system-needs', title: `Mesin virtual ${i}` })
  if (draft === null) return
  const upload = new FormData()
  upload.append('slot', 'letter')
  upload.append('file', new Blob([Uint8Array.from(onePage(`Surat ${i}`))]), 'surat.pdf')
  const letter = await ask<{ items: { id: number }[] }>(null, 'POST', `/tickets/${draft.number}/attachments`, upload)
  const persona = {
    name: `Pemohon ${i}`,
    nip: '197605242001122001',
    position: 'Kepala Bidang',
    echelon: 'III',
    unit: 'Sekretariat',
    address: 'Komplek Perkantoran',
    mobile: '081200000001',
    email: 'pemohon@demo.example',
  }
  const answers = believable(form, ['system-needs'], {
    persona,
    subject: `Aplikasi ${i}`,
    domain: 'aplikasi.babelprov.go.id',
    date: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
    files: [letter?.items[0]?.id ?? 0],
    answers: {},
  })
  await ask(null, 'PUT', `/tickets/${draft.number}/draft`, { answers })
  const sent = await ask(null, 'POST', `/tickets/${draft.number}/submit`)
  if (sent !== null) told.filings.push(performance.now() - begun)
}

async function live(daemon: Daemon, login: string, i: number, service: Service, told: Told): Promise<void> {
  const { ask, cookie } = await signIn(daemon, login, told)
  const line: Socket = io(daemon.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } })
  line.on('connect', () =>
    line.emit('follow', 'tickets', null, (refused: unknown) => refused !== null && told.wrong.push(`line: ${String(refused)}`)),
  )
  line.on('connect_error', error => told.wrong.push(`line: ${error.message}`))
  line.on('frame', () => {
    told.frames++
  })
  await pause((i / PEOPLE) * THINKING)
  for (let round = 0; round < ROUNDS; round++) {
    const page = await ask<TicketPage>(told.lists, 'GET', `/tickets?view=${round % 2 === 0 ? 'all' : 'inbox'}&size=50&page=${1 + (round % 3)}`)
    await pause(THINKING)
    const some = page?.items[(i + round) % Math.max(1, page.items.length)]
    if (some !== undefined) await ask(told.reads, 'GET', `/tickets/${some.number}`)
    await pause(THINKING)
    await ask(told.searches, 'GET', `/tickets?search=${encodeURIComponent(WORDS[(i + round) % WORDS.length] ?? '')}`)
    if (round === i % ROUNDS && login.startsWith('pemohon')) await file(ask, told, service, i)
    await pause(THINKING)
  }
  line.disconnect()
}

async function measure(folder: string): Promise<Figure[]> {
  const { records } = await openFilled(folder, TICKETS, Date.now())
  await records.close()
  const daemon = await startDaemon({ data: folder, env: { ...freshDemonstration(), SUAR_LOG_LEVEL: 'warn' } })
  try {
    const told: Told = { lists: [], reads: [], searches: [], filings: [], wrong: [], frames: 0 }
    const { ask } = await signIn(daemon, 'pemohon', told)
    const found = await ask<{ service: Service }>(null, 'GET', '/services/system-needs')
    if (found === null) throw new Error(told.wrong.join('\n'))
    const begun = performance.now()
    await Promise.all(Array.from({ length: PEOPLE }, (_, i) => live(daemon, LOGINS[i % LOGINS.length] ?? 'pemohon', i, found.service, told)))
    const took = (performance.now() - begun) / 1000
    const asked = told.lists.length + told.reads.length + told.searches.length + told.filings.length * 4
    const trouble = daemon
      .log()
      .split('\n')
      .filter(line => /"level":"(error|warn)"|"level":(50|40)/.test(line))
    for (const line of [...told.wrong.slice(0, 5), ...trouble.slice(0, 5)]) process.stderr.write(`${line}\n`)
    return [
      { name: `answers that were errors, of ${asked}`, value: told.wrong.length, unit: '', goal: 0 },
      { name: `${PEOPLE} people: a list of ${TICKETS} tickets, p95`, value: p95(told.lists), unit: 'ms' },
      { name: 'a list, median', value: median(told.lists), unit: 'ms' },
      { name: 'a ticket, p95', value: p95(told.reads), unit: 'ms' },
      { name: 'a search, p95', value: p95(told.searches), unit: 'ms' },
      { name: `a request filed, from draft to number, p95 of ${told.filings.length}`, value: p95(told.filings), unit: 'ms' },
      { name: 'requests a second', value: asked / took, unit: '/s' },
      { name: 'frames to open pages', value: told.frames, unit: '' },
    ]
  } finally {
    await daemon.stop()
  }
}

const bench: Bench = {
  name: 'people',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'suar-bench-people-'))
    try {
      return await measure(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

export default bench
await main(import.meta, bench)
