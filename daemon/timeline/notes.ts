// Notes on a place: what staff saw or did there, in their words. Nobody changes one; it is withdrawn with a reason, and both stay to be read.
import type { Clock } from '../domain/call.ts'
import type { Layout } from '../domain/inventory.ts'
import { done, type Outcome, refused, type Together } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { PlaceNote, PlaceOf } from '../domain/timeline.ts'

export interface NoteSources {
  readonly notes: {
    add(note: PlaceNote): Promise<PlaceNote>
    one(id: number): Promise<PlaceNote | null>
    withdraw(note: PlaceNote): Promise<void>
    tell(): void
  }
  readonly together: Together
  append(actor: string, action: string, subject: string, detail: object): Promise<unknown>
  layout(): Layout
  isDevice(id: string): boolean
  readonly clock: Clock
}

const WHY = {
  noPlace: (id: string) => refused('notFound', { id: `Tidak ada tempat "${id}" di inventaris.`, en: `There is no place "${id}" in the inventory.` }),
  noNote: () => refused('notFound', { id: 'Tidak ada catatan itu.', en: 'There is no such note.' }),
  withdrawn: () => refused('conflict', { id: 'Catatan ini sudah dicabut.', en: 'This note has been withdrawn already.' }),
}

export function openNotes({ notes, together, append, layout, isDevice, clock }: NoteSources) {
  const isThere = (place: PlaceOf): boolean => {
    const { rooms, racks, doors } = layout()
    const within = (list: readonly { readonly id: string }[], id: string) => list.some(one => one.id === id)
    if (place.of === 'site') return true
    if (place.of === 'device') return isDevice(place.id)
    return within(place.of === 'room' ? rooms : place.of === 'rack' ? racks : doors, place.id)
  }

  return {
    async note(place: PlaceOf, text: string, viewer: Viewer): Promise<Outcome<PlaceNote>> {
      if (!isThere(place)) return WHY.noPlace(place.of === 'site' ? '' : place.id)
      const written = await together(async () => {
        const note = await notes.add({ id: 0, at: clock(), by: viewer.name, place, text, withdrawn: null })
        await append(viewer.name, 'place.note', String(note.id), { place, text })
        return done(note)
      })
      if (written.ok) notes.tell()
      return written
    },

    async withdraw(id: number, reason: string, viewer: Viewer): Promise<Outcome<PlaceNote>> {
      const withdrawn = await together(async () => {
        const note = await notes.one(id)
        if (note === null) return WHY.noNote()
        if (note.withdrawn !== null) return WHY.withdrawn()
        const gone = { ...note, withdrawn: { at: clock(), by: viewer.name, reason } }
        await notes.withdraw(gone)
        await append(viewer.name, 'place.note.withdraw', String(id), { reason })
        return done(gone)
      })
      if (withdrawn.ok) notes.tell()
      return withdrawn
    },
  }
}
