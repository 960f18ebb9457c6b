// Goods at the door: in, serial by serial against the form's list, with what deviates; out, only what is written down as leaving.
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { throughOf, type Viewer } from '../domain/people.ts'
import type { By } from '../domain/signin.ts'
import type { GoodsNote, Media, MediaWipe, StayItemView, StayView } from '../domain/stay.ts'
import { owedBy, removalOf } from './leaving.ts'
import { WHY } from './reasons.ts'
import { type StayRoom, withItems } from './room.ts'

const DAY = 86_400_000

export interface Received {
  readonly serial: string
  readonly damaged: boolean
  readonly note: string
  readonly photos: readonly number[]
  /** Why it leaves without a paper that is owed. */
  readonly without?: string | undefined
}

/** A medium wiped, or what is said of all of them. */
export type SaidOfMedia =
  | { readonly kind: 'wiped'; readonly wipe: Omit<MediaWipe, 'at' | 'by'> }
  | { readonly kind: 'none' }
  | { readonly kind: 'kept'; readonly reason: string }

export const byOf = (viewer: Viewer, address: string): By => ({ name: viewer.name, account: viewer.account, address, ...throughOf(viewer) })

const plain = (serial: string): string => serial.replaceAll(/\s+/g, '').toUpperCase()

export async function pieceOf(room: StayRoom, id: number, no: number): Promise<Outcome<{ readonly stay: StayView; readonly item: StayItemView }>> {
  const stay = await room.sources.books.stay(id)
  if (stay === null) return refused('notFound', WHY.notFound(String(id)))
  const item = stay.items.find(one => one.id === no)
  return item === undefined ? refused('notFound', WHY.noItem(no)) : done({ stay, item })
}

export function openGoods(room: StayRoom) {
  const { books, clock, present, photosOf, layout, change, papersOf } = room.sources

  /** Photographs are attachments of this very ticket. */
  async function strange(ticket: string, photos: readonly number[]): Promise<number | null> {
    if (photos.length === 0) return null
    const own = await photosOf(ticket)
    return photos.find(photo => !own.includes(photo)) ?? null
  }

  async function noteOf(stay: StayView, item: StayItemView, given: Received, viewer: Viewer): Promise<Outcome<GoodsNote>> {
    const photo = await strange(stay.ticket, given.photos)
    if (photo !== null) return refused('invalid', WHY.noPhoto(photo))
    const found = given.damaged ? 'damaged' : item.serial !== '' && plain(item.serial) !== plain(given.serial) ? 'other' : 'asListed'
    if (found !== 'asListed' && given.note === '') return refused('invalid', WHY.noteNeeded(item.name))
    const at = clock()
    const [visit] = await present(stay.organisation.id, at - DAY / 2, at)
    const { serial, note: text, photos, without } = given
    return done({
      at,
      by: viewer.name,
      serial,
      found,
      note: text,
      photos,
      visit: visit?.number ?? null,
      ...(without === undefined ? {} : { without }),
    })
  }

  return {
    receive: (id: number, no: number, given: Received, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const piece = await pieceOf(room, id, no)
        if (!piece.ok) return piece
        const { stay, item } = piece.value
        if (item.in !== null || (item.state !== 'reserved' && item.state !== 'asked')) return refused('conflict', WHY.state(item.name, item.state))
        for (const other of await books.live()) {
          const same = other.items.find(one => one.in !== null && one.state !== 'gone' && plain(one.serial) === plain(given.serial))
          if (same !== undefined) return refused('conflict', WHY.serialTwice(given.serial, other.ticket))
        }
        const note = await noteOf(stay, item, given, viewer)
        if (!note.ok) return note
        const come: StayItemView = { ...item, in: note.value, serial: given.serial, state: item.state === 'reserved' ? 'arrived' : item.state }
        const next = await room.writeStay(withItems(stay, [come]), told)
        if (next.ok)
          await room.note(viewer, 'stay.in', stay.ticket, {
            stay: id,
            item: no,
            serial: given.serial,
            found: note.value.found,
            visit: note.value.visit,
          })
        return next
      }),
    unlisted: (id: number, given: { readonly serial: string; readonly note: string }, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const stay = await books.stay(id)
        if (stay === null) return refused('notFound', WHY.notFound(String(id)))
        const next = await room.writeStay({ ...stay, unlisted: [...stay.unlisted, { at: clock(), by: viewer.name, ...given }] }, told)
        if (next.ok) await room.note(viewer, 'stay.unlisted', stay.ticket, { stay: id, ...given })
        return next
      }),
    /** What becomes of the data on a piece that leaves. */
    media: (id: number, no: number, said: SaidOfMedia, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const piece = await pieceOf(room, id, no)
        if (!piece.ok) return piece
        const { stay, item } = piece.value
        if (item.state !== 'leaving') return refused('conflict', WHY.state(item.name, item.state))
        const by = { at: clock(), by: viewer.name }
        const before = item.media?.kind === 'wiped' ? item.media.wipes : []
        if (said.kind === 'wiped' && before.some(({ serial, passed }) => passed && plain(serial) === plain(said.wipe.serial)))
          return refused('conflict', WHY.wipeTwice(said.wipe.serial))
        const media: Media = said.kind === 'wiped' ? { kind: 'wiped', wipes: [...before, { ...said.wipe, ...by }] } : { ...said, ...by }
        const next = await room.writeStay(withItems(stay, [{ ...item, media }]), told)
        if (next.ok) await room.note(viewer, 'stay.media', stay.ticket, { stay: id, item: no, ...said })
        return next
      }),
    /** Takes the piece out of the rack and of the inventory. */
    async out(id: number, no: number, given: Received, viewer: Viewer, address: string): Promise<Outcome<StayView>> {
      const piece = await pieceOf(room, id, no)
      if (!piece.ok) return piece
      const { stay, item } = piece.value
      if (item.state !== 'leaving') return refused('conflict', WHY.state(item.name, item.state))
      if (plain(item.serial) !== plain(given.serial)) return refused('conflict', WHY.otherSerial(item.name, item.serial))
      const papers = await papersOf(stay.ticket)
      const owed = owedBy(stay, item, papers)
      if (owed !== null && (owed.what === 'data' || given.without === undefined)) return refused('conflict', owed.why)
      const note = await noteOf(stay, item, given, viewer)
      if (!note.ok) return note
      const told = { reservations: new Set<number>(), stays: new Set<number>() }
      let left: StayView = stay
      const write = async (): Promise<Outcome<StayView>> => {
        const gone: StayItemView = { ...item, state: 'gone', out: note.value, rack: null, u: null, face: null }
        const minutes = { ...stay.minutes, out: removalOf(papers, item)?.number ?? stay.minutes.out }
        const next = await room.writeStay({ ...withItems(stay, [gone]), minutes }, told)
        if (!next.ok) return next
        left = next.value
        const { serial, without } = given
        await room.note(viewer, 'stay.out', stay.ticket, { stay: id, item: no, serial, visit: note.value.visit, without, minutes: minutes.out })
        return next
      }
      const stands = layout().equipment.some(one => one.id === item.equipment)
      const written = stands
        ? await change([{ remove: 'equipment', id: item.equipment ?? '' }], { over: null, by: byOf(viewer, address), also: write, from: stay.ticket })
        : await room.sources.together(write)
      if (!written.ok) return written
      room.tell(told)
      return done(left)
    },
  }
}
