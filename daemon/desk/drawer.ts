// The desk's drawer: saved views of each, templates of replies of all; what changes in it stands in the trail.
import { done, failed, type Outcome, type Together } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { may } from '../domain/policy.ts'
import type { ReplyTemplate, SavedView } from '../domain/ticket-record.ts'
import type { People, Shelf } from './sources.ts'

export interface DrawerSources {
  readonly shelf: Shelf
  readonly people: Pick<People, 'personsById'>
  readonly together: Together
  readonly note: (viewer: Viewer, action: string, subject: string, detail: object) => Promise<Outcome<unknown>>
}

const NONE = failed('notFound', 'There is no such thing in the drawer.')

export function openDrawer({ shelf, people, together, note }: DrawerSources) {
  const taken = (viewer: Viewer, action: string, subject: string, work: () => Promise<boolean>) =>
    together(async () => {
      if (!(await work())) return NONE
      const noted = await note(viewer, action, subject, {})
      return noted.ok ? done(true) : noted
    })
  return {
    views: (viewer: Viewer) => shelf.views(viewer.account),
    saveView: (viewer: Viewer, view: Omit<SavedView, 'id'>) =>
      together(async () => {
        const saved = await shelf.saveView(viewer.account, view)
        if (!saved.ok) return saved
        const noted = await note(viewer, 'desk.view', view.name, { id: saved.value.id, query: view.query })
        return noted.ok ? saved : noted
      }),
    removeView: async (viewer: Viewer, id: number) =>
      (await taken(viewer, 'desk.view.remove', String(id), () => shelf.removeView(viewer.account, id))).ok,

    templates: () => shelf.templates(),
    saveTemplate: (viewer: Viewer, { name, text }: Omit<ReplyTemplate, 'id' | 'by'>) =>
      together(async () => {
        const [person] = await people.personsById([viewer.person])
        const saved = await shelf.saveTemplate({ name, text, by: person?.name ?? viewer.name })
        if (!saved.ok) return saved
        const noted = await note(viewer, 'desk.template', name, { id: saved.value.id, text })
        return noted.ok ? saved : noted
      }),
    removeTemplate: async (viewer: Viewer, id: number) =>
      may(viewer, 'ticket.work') && (await taken(viewer, 'desk.template.remove', String(id), () => shelf.removeTemplate(id))).ok,
  }
}
