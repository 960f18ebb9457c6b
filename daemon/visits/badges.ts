// The badges: who may always come and where, the pool that visitors wear, lost ones, the review of standing access; who is kept out, and freezes.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { throughOf, type Viewer } from '../domain/people.ts'
import type { Badge, Block, Freeze, Review } from '../domain/visit-record.ts'
import { identityHash, lastOf, masked } from './identity.ts'
import { WHY } from './reasons.ts'
import type { VisitRoom } from './room.ts'
import { setSettings, type VisitSettings } from './settings.ts'

export type NewBadge = Pick<Badge, 'card' | 'kind' | 'holder' | 'organisation' | 'doors' | 'rooms' | 'zones' | 'from' | 'until' | 'hours'>

/** As pages have it: no hash of anybody's number. */
export interface BlockView {
  readonly id: number
  readonly name: string
  readonly identity: string | null
  readonly card: string | null
  readonly reason: string
  readonly by: string
  readonly at: Instant
}

export interface BadgeRegister {
  readonly badges: readonly Badge[]
  readonly reviews: readonly Review[]
  /** Days without a review after which it is overdue; when the next is due; null: there is nothing to review. */
  readonly review: { readonly days: number; readonly dueAt: Instant | null }
}

const DAY = 86_400_000

export function openBadges(room: VisitRoom) {
  const { badges, clock, together, append, layout, key, settings } = room.sources
  const note = (viewer: Viewer, action: string, subject: string, detail: object) =>
    append(viewer.name, action, subject, { account: viewer.account, ...throughOf(viewer), ...detail })

  function placed({ doors, rooms }: Pick<NewBadge, 'doors' | 'rooms'>): Outcome<never> | null {
    const plan = layout()
    const door = doors.find(id => !plan.doors.some(one => one.id === id))
    if (door !== undefined) return refused('invalid', WHY.unknownDoor(door))
    const lost = rooms.find(id => !plan.rooms.some(one => one.id === id))
    return lost === undefined ? null : refused('invalid', UNKNOWN_ROOM(lost))
  }

  const change = (id: number, viewer: Viewer, action: string, work: (badge: Badge, at: Instant) => Outcome<Partial<Badge>>, detail: object = {}) =>
    together(async () => {
      const badge = await badges.badge(id)
      if (badge === null) return refused('notFound', WHY.badgeUnknown(String(id)))
      const next = work(badge, clock())
      if (!next.ok) return next
      const written = await badges.putBadge({ ...badge, ...next.value, revision: badge.revision + 1 })
      if (written === null) return refused('conflict', WHY.cardTaken(badge.card))
      await note(viewer, action, written.card, { badge: id, ...detail })
      return done(written)
    })

  return {
    async register(): Promise<BadgeRegister> {
      const all = await badges.badges()
      const { review } = await room.settings()
      const standing = all.filter(({ kind, state }) => kind === 'standing' && state === 'active')
      const oldest = Math.min(...standing.map(({ reviewedAt, addedAt }) => reviewedAt ?? addedAt))
      return { badges: all, reviews: await badges.reviews(20), review: { days: review, dueAt: standing.length === 0 ? null : oldest + review * DAY } }
    },

    add: (given: NewBadge, viewer: Viewer): Promise<Outcome<Badge>> =>
      together(async () => {
        const wrong = placed(given)
        if (wrong !== null) return wrong
        const at = clock()
        const written = await badges.putBadge({
          ...given,
          id: 0,
          state: 'active',
          addedAt: at,
          usedAt: null,
          reviewedAt: null,
          handed: null,
          revision: 1,
        })
        if (written === null) return refused('conflict', WHY.cardTaken(given.card))
        await note(viewer, 'badge.add', written.card, {
          badge: written.id,
          kind: given.kind,
          doors: given.doors,
          rooms: given.rooms,
          zones: given.zones,
        })
        return done(written)
      }),

    change: (id: number, given: NewBadge, viewer: Viewer): Promise<Outcome<Badge>> =>
      change(id, viewer, 'badge.change', () => placed(given) ?? done(given), { doors: given.doors, rooms: given.rooms, zones: given.zones }),

    lost: (id: number, reason: string, viewer: Viewer): Promise<Outcome<Badge>> =>
      change(id, viewer, 'badge.lost', () => done({ state: 'lost', handed: null }), { reason }),
    revoke: (id: number, reason: string, viewer: Viewer): Promise<Outcome<Badge>> =>
      change(
        id,
        viewer,
        'badge.revoke',
        badge => (badge.handed === null ? done({ state: 'revoked' }) : refused('conflict', WHY.badgeOut(badge.card, badge.handed.name))),
        { reason },
      ),
    found: (id: number, viewer: Viewer): Promise<Outcome<Badge>> =>
      change(id, viewer, 'badge.found', (_badge, at) => done({ state: 'active', usedAt: at })),

    /** Each standing badge is kept or revoked, and somebody has signed for it. */
    review: (kept: readonly number[], revoked: readonly number[], viewer: Viewer): Promise<Outcome<Review>> =>
      together(async () => {
        const at = clock()
        const standing = (await badges.badges()).filter(({ kind, state }) => kind === 'standing' && state === 'active')
        const told = new Set([...kept, ...revoked])
        const open = standing.filter(({ id }) => !told.has(id))
        if (open.length > 0) return refused('invalid', REVIEW_OPEN(open.map(({ card }) => card).join(', ')))
        for (const badge of standing) {
          const gone = revoked.includes(badge.id)
          await badges.putBadge({ ...badge, ...(gone ? { state: 'revoked' as const } : { reviewedAt: at }), revision: badge.revision + 1 })
        }
        const review = await badges.addReview({ at, by: viewer.name, kept, revoked })
        await note(viewer, 'badge.review', 'badges', { kept: kept.length, revoked })
        return done(review)
      }),

    async blocks(): Promise<readonly BlockView[]> {
      return (await badges.blocks()).map(blockView)
    },
    block: (
      given: { readonly name: string; readonly identity: string; readonly card: string; readonly reason: string },
      viewer: Viewer,
    ): Promise<Outcome<BlockView>> =>
      together(async () => {
        const last = lastOf(given.identity)
        const added = await badges.addBlock({
          name: given.name.trim(),
          hash: last === null ? null : identityHash(key, given.identity),
          last,
          card: given.card.trim() === '' ? null : given.card.trim(),
          reason: given.reason,
          by: viewer.name,
          at: clock(),
        })
        await note(viewer, 'visit.block', `block ${added.id}`, { block: added.id, reason: given.reason })
        return done(blockView(added))
      }),
    unblock: (id: number, reason: string, viewer: Viewer): Promise<Outcome<BlockView>> =>
      together(async () => {
        const lifted = await badges.liftBlock(id, clock())
        if (lifted === null) return refused('notFound', NO_SUCH_BLOCK)
        await note(viewer, 'visit.unblock', `block ${id}`, { block: id, reason })
        return done(blockView(lifted))
      }),

    freezes: (): Promise<readonly Freeze[]> => badges.freezes(),
    freeze: (given: Pick<Freeze, 'site' | 'rooms' | 'from' | 'until' | 'reason'>, viewer: Viewer): Promise<Outcome<Freeze>> =>
      together(async () => {
        if (given.until <= given.from) return refused('invalid', WHY.backwards)
        const plan = layout()
        if (![plan.site, ...plan.sites].some(({ id }) => id === given.site)) return refused('invalid', WHY.unknownSite(given.site))
        const wrong = placed({ doors: [], rooms: given.rooms })
        if (wrong !== null) return wrong
        const added = await badges.addFreeze({ ...given, by: viewer.name })
        await note(viewer, 'visit.freeze', `freeze ${added.id}`, { freeze: added.id, ...given })
        return done(added)
      }),
    thaw: (id: number, viewer: Viewer): Promise<Outcome<Freeze>> =>
      together(async () => {
        const lifted = await badges.liftFreeze(id, clock())
        if (lifted === null) return refused('notFound', NO_SUCH_FREEZE)
        await note(viewer, 'visit.thaw', `freeze ${id}`, { freeze: id })
        return done(lifted)
      }),

    settings: () => room.settings(),
    setSettings: (value: VisitSettings, viewer: Viewer): Promise<Outcome<VisitSettings>> =>
      together(async () => {
        const was = await room.settings()
        await setSettings(settings, value)
        await note(viewer, 'visit.settings', 'visits', { was, is: value })
        return done(value)
      }),
  }
}

const blockView = ({ id, name, last, card, reason, by, at }: Block): BlockView => ({
  id,
  name,
  identity: last === null ? null : masked(last),
  card,
  reason,
  by,
  at,
})

const UNKNOWN_ROOM = (id: string) => ({ id: `Ruang ${id} tidak ada di inventaris.`, en: `The room ${id} is not in the inventory.` })
const REVIEW_OPEN = (cards: string) => ({
  id: `Tinjauan belum lengkap. Putuskan juga kartu: ${cards}.`,
  en: `The review is not complete. Decide on these cards too: ${cards}.`,
})
const NO_SUCH_BLOCK = { id: 'Larangan masuk itu tidak ada, atau sudah dicabut.', en: 'There is no such block, or it has been lifted.' }
const NO_SUCH_FREEZE = { id: 'Masa pembekuan itu tidak ada, atau sudah dihapus.', en: 'There is no such freeze, or it has been lifted.' }
