// Credentials handed to a registered responsible person: a link that opens once, for that person alone; each step stands in the trail.
import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from './domain/call.ts'
import type { HandoverOffer, HandoverView, WebsiteView } from './domain/hosting-view.ts'
import { done, failed, type Outcome, refused } from './domain/outcome.ts'
import { throughOf, type Viewer } from './domain/people.ts'
import { dbNameOf } from './domain/safe.ts'
import { WHY } from './hosting-reasons.ts'
import type { HandoverDesk } from './http/routes/handovers.ts'
import type { HandoverRecord } from './store/handovers.ts'
import type { Records } from './store/records.ts'
import type { WebsiteRecord } from './store/websites.ts'

export interface Handovers extends HandoverDesk {
  of(website: string): Promise<readonly HandoverView[]>
}

export interface HandoverSources {
  readonly records: Pick<Records, 'handovers' | 'websites' | 'audit'>
  readonly responsible: (website: WebsiteRecord) => Promise<WebsiteView['responsible']>
  /** Within the writing of the handover: the link on its way to the person. */
  readonly send: (handover: HandoverRecord, link: string) => Promise<void>
  readonly base: () => string
  /** How long a link is good, ms. */
  readonly good: number
  readonly clock: Clock
}

/** Who opens it has proven lately who he is, ms. */
const FRESH = 300_000
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const viewOf = ({ id, what, to, madeAt, until, openedAt }: HandoverRecord): HandoverView => ({ id, what, to, madeAt, until, openedAt })

export function openHandovers({ records, responsible, send, base, good, clock }: HandoverSources): Handovers {
  const { handovers, websites, audit } = records
  const note = (viewer: Viewer, action: string, subject: string, detail: object) =>
    audit.append(viewer.name, action, subject, { account: viewer.account, ...throughOf(viewer), ...detail })

  const stateOf = ({ openedAt, until }: HandoverRecord): HandoverOffer['state'] =>
    openedAt !== null ? 'opened' : clock() > until ? 'expired' : 'ready'

  return {
    of: async website => (await handovers.ofWebsite(website)).map(viewOf),
    async make(name, { to }, viewer) {
      const website = await websites.find(name)
      if (website === null) return refused('notFound', WHY.noWebsite(name))
      const { database, host } = website.wanted
      if (database === null) return refused('conflict', WHY.noDatabase(name))
      const person = (await responsible(website)).find(one => one.person === to)
      if (person === undefined) return refused('forbidden', WHY.notResponsible)
      const called = dbNameOf(website.wanted.name)
      const credential = `database/${host}/${called}`
      if ((await handovers.find(credential)) === null) return refused('conflict', WHY.noCredential(name))
      const token = randomBytes(32).toString('base64url')
      const madeAt = clock()
      const server = database.engine === 'mariadb' ? 'MariaDB · localhost' : 'PostgreSQL · localhost'
      const made = await audit.together(async () => {
        const record = await handovers.add(hashOf(token), {
          ...{ website: name, credential, person: to, to: person.name, by: viewer.name, madeAt, until: madeAt + good },
          what: { id: `Kata sandi basis data ${called}`, en: `Password of the database ${called}` },
          beside: [
            { label: { id: 'Server', en: 'Server' }, value: server },
            { label: { id: 'Basis data', en: 'Database' }, value: called },
            { label: { id: 'Pengguna', en: 'User' }, value: called },
          ],
        })
        await note(viewer, 'handover.make', name, { handover: record.id, to: person.name, person: to, until: record.until })
        await send(record, `/handover/${token}`)
        return done(record)
      })
      return made.ok ? done({ ...viewOf(made.value), link: `${base()}/handover/${token}` }) : made
    },
    async offer(token, viewer) {
      const record = await handovers.byHash(hashOf(token))
      if (record === null) return refused('notFound', WHY.noHandover)
      const { website, madeAt, until, openedAt } = record
      // Whose it is and what it is about is not told to whoever found the link.
      if (record.person !== viewer.person) {
        const nobody = { what: WHY.noHandover, website: '', to: '', openedAt: null }
        return done({ ...nobody, madeAt, until, state: 'foreign' })
      }
      return done({ what: record.what, website, to: record.to, madeAt, until, openedAt, state: stateOf(record) })
    },
    async open(token, viewer, address) {
      const record = await handovers.byHash(hashOf(token))
      if (record === null) return refused('notFound', WHY.noHandover)
      if (record.person !== viewer.person || viewer.via !== 'session') {
        await note(viewer, 'handover.refused', record.website, { handover: record.id, address })
        return refused('notFound', WHY.noHandover)
      }
      const state = stateOf(record)
      if (state !== 'ready') return refused('conflict', state === 'opened' ? WHY.handoverOpened : WHY.handoverOver)
      if (clock() - viewer.provenAt > FRESH) return refused('unproven', WHY.unproven)
      return await audit.together(
        async (): Promise<
          Outcome<{ what: HandoverRecord['what']; lines: { label: { id: string; en: string }; value: string; secret: boolean }[] }>
        > => {
          if (!(await handovers.opened(record.id, clock()))) return refused('conflict', WHY.handoverOpened)
          const secret = await handovers.find(record.credential)
          if (secret === null) return failed('notFound', WHY.noCredential(record.website).en)
          await note(viewer, 'handover.open', record.website, { handover: record.id, address })
          const label = { id: 'Kata sandi', en: 'Password' }
          return done({
            what: record.what,
            lines: [...record.beside.map(one => ({ ...one, secret: false })), { label, value: secret, secret: true }],
          })
        },
      )
    },
  }
}
