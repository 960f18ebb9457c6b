// The procedure of a request played over the API by its people, step by step: each does what stands next for him, as the ticket itself says.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { believable, completed } from '../../daemon/desk/demonstration/answers.ts'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import type { Answers } from '../../daemon/domain/form.ts'
import type { Service } from '../../daemon/domain/service.ts'
import { SIGNED_FORM } from '../../daemon/domain/ticket.ts'
import type { TicketDocument, TicketView } from '../../daemon/domain/ticket-view.ts'
import type { Office, Somebody } from './office.ts'

/** A PDF of one page, as an office program makes it. */
export const letter = (text: string): Uint8Array => onePage(text)

export interface Asked {
  readonly service: string
  readonly products?: readonly string[]
  readonly title?: string
  readonly subject?: string
  readonly answers?: Readonly<Record<string, unknown>>
}

const dayOf = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta', dateStyle: 'short' }).format(at)

/** Answers of a believable request, with one file wherever the form asks for some. */
export function answersOf(office: Office, service: Service, asked: Asked, paper: number): Answers {
  return believable(service.form, asked.products ?? service.products.slice(0, 1).map(({ key }) => key), {
    persona: {
      name: 'Hj. Mariana Lestari, S.Sos., M.A.P.',
      nip: '197605242001122001',
      position: 'Kepala Bidang Pengadaan dan Informasi Kepegawaian',
      echelon: 'III',
      unit: 'Bidang Pengadaan dan Informasi Kepegawaian',
      address: 'Komplek Perkantoran Pemerintah Provinsi',
      mobile: '081200000001',
      email: 'mariana@demo.example',
    },
    subject: asked.subject ?? 'SIMPEG',
    domain: 'simpeg.babelprov.go.id',
    date: dayOf(office.clock() + 7 * 86_400_000),
    files: [paper],
    answers: asked.answers ?? {},
  })
}

/** A draft with everything the form wants; gives its name and the answers. */
export async function draft(office: Office, who: Somebody, asked: Asked): Promise<string> {
  const { service } = await who.get<{ service: Service }>(`/services/${asked.service}`)
  const products = asked.products ?? service.products.slice(0, 1).map(({ key }) => key)
  const begun = await who.post<{ number: string }>('/tickets', { service: asked.service, products, title: asked.title ?? service.name.id })
  const paper = await who.upload(begun.number, 'surat-permohonan.pdf', letter('Surat permohonan'), { slot: service.papers[0]?.key ?? 'letter' })
  if (service.form.signer.wetStamp) await who.upload(begun.number, 'formulir-basah.pdf', letter('Formulir'), { slot: SIGNED_FORM })
  const answers = answersOf(office, service, asked, paper)
  const saved = await who.ask<{ mistakes: unknown }>('PUT', `/tickets/${begun.number}/draft`, { answers, products })
  assert.deepEqual([saved.status, saved.body.mistakes], [200, []], `${asked.service}: ${JSON.stringify(saved.body)}`)
  return begun.number
}

/** A request handed in; its number of the register. */
export async function file(office: Office, who: Somebody, asked: Asked): Promise<string> {
  return (await who.post<{ number: string }>(`/tickets/${await draft(office, who, asked)}/submit`)).number
}

/** Ticks what the officer ticks, and finds the papers complete. */
export async function verify(who: Somebody, number: string): Promise<TicketView> {
  const { serviceDefinition, answers } = await who.ticket(number)
  await who.act(number, { kind: 'officerFields', answers: { ...completed(serviceDefinition.form, answers) } })
  return who.act(number, { kind: 'verify', note: 'Berkas lengkap.' })
}

/** An order with a note to the named receiver. */
export async function dispose(who: Somebody, number: string, to: Somebody, note: string): Promise<TicketView> {
  const { receivers } = await who.ticket(number)
  assert.ok(
    receivers.some(({ person }) => person === to.person),
    `${to.login} is among those ${who.login} may send ${number} to`,
  )
  return who.act(number, { kind: 'dispose', to: to.person, note })
}

/** From verification to the desk's own step, by the chairs that the service names. */
export async function toWork(office: Office, number: string, worker: Somebody): Promise<void> {
  const as = office.as
  const { serviceDefinition } = await verify(as('petugas'), number)
  const chairs = serviceDefinition.steps.flatMap(({ kind, owner }) => (kind === 'dispose' || kind === 'order' ? [owner] : []))
  for (const [i, chair] of chairs.entries()) {
    const next = chairs[i + 1]
    await dispose(as(chair), number, next === undefined ? worker : as(next), next === undefined ? 'Kerjakan dan laporkan.' : 'Mohon ditindaklanjuti.')
  }
}

export async function report(worker: Somebody, number: string): Promise<TicketView> {
  await worker.act(number, { kind: 'work', note: 'Dikerjakan dan diuji bersama pemohon.' })
  return worker.act(number, {
    kind: 'report',
    text: 'Permohonan telah dilaksanakan dan berfungsi.',
    recommendation: 'Uji pemulihan cadangan setiap triwulan.',
  })
}

export async function minutes(worker: Somebody, number: string): Promise<TicketDocument> {
  const { documents } = await worker.act(number, { kind: 'minutes' })
  const made = documents.find(({ kind, state }) => kind === 'minutes' && state !== 'void')
  assert.ok(made)
  return made
}

/** An approval in the application, proven afresh. */
export async function approve(who: Somebody, document: TicketDocument, party: number): Promise<TicketDocument> {
  await who.prove()
  return who.post<TicketDocument>(`/documents/${document.id}/sign`, { party, method: 'approval' })
}

/** The paper as it comes back from the scanner: pictures of its pages. */
export async function scanOf(pdf: Uint8Array): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'suar-scan-'))
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf)
    const ran = spawnSync('pdftoppm', ['-r', '60', '-jpeg', 'paper.pdf', 'page'], { cwd: folder, encoding: 'utf8' })
    assert.equal(ran.status, 0, ran.stderr)
    const scan = new PDFDocument({ autoFirstPage: false })
    for (const page of readdirSync(folder)
      .filter(name => name.endsWith('.jpg'))
      .toSorted())
      scan.addPage({ size: 'A4', margin: 0 }).image(readFileSync(join(folder, page)), 0, 0, { width: 595 })
    scan.end()
    return await buffer(scan)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Without line ends and the room between words; quotes and dashes plain. */
export const plain = (text: string): string =>
  text
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Without any room: what stands in a narrow cell is broken anywhere. */
export const tight = (text: string): string => plain(text).replaceAll(' ', '')

/** The paper says all of this, in this order. */
export function says(paper: string, what: string, ...told: readonly string[]): void {
  const text = plain(paper)
  let from = 0
  for (const one of told) {
    const at = text.indexOf(plain(one), from)
    const earlier = at === -1 && text.includes(plain(one)) ? ' (only earlier)' : ''
    assert.notEqual(at, -1, `${what} does not say${earlier}: ${plain(one)}\n— it says:\n${text.slice(from)}`)
    from = at + plain(one).length
  }
}

/** Text of a PDF as poppler reads it: its columns beside one another, or cell by cell. */
export function textOf(pdf: Uint8Array, how: '-layout' | '-raw' = '-layout'): string {
  const folder = mkdtempSync(join(tmpdir(), 'suar-text-'))
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf)
    const ran = spawnSync('pdftotext', [how, 'paper.pdf', '-'], { cwd: folder, encoding: 'utf8' })
    assert.equal(ran.status, 0, ran.stderr)
    return ran.stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function bringBack(who: Somebody, document: TicketDocument, scan: Uint8Array, all = false): Promise<TicketDocument> {
  const form = new FormData()
  form.append('all', String(all))
  form.append('file', new Blob([Uint8Array.from(scan)]), 'berita-acara-ditandatangani.pdf')
  return who.post<TicketDocument>(`/documents/${document.id}/scan`, form)
}
