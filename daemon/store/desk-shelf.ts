// What people of the desk keep for themselves and each other: saved views of lists, and templates of replies.
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { ReplyTemplate, SavedView } from '../domain/ticket-record.ts'
import type { Db, Schema } from './schema.ts'

/** A person's views, and the desk's templates: enough for a drawer, not for a store. */
const MOST = { views: 50, templates: 200 } as const

export interface DeskShelf {
  views(account: number): Promise<readonly SavedView[]>
  /** A view of the same name is written over. `full`: there are enough. */
  saveView(account: number, view: Omit<SavedView, 'id'>): Promise<Outcome<SavedView>>
  removeView(account: number, id: number): Promise<boolean>
  templates(): Promise<readonly ReplyTemplate[]>
  saveTemplate(template: Omit<ReplyTemplate, 'id'>): Promise<Outcome<ReplyTemplate>>
  removeTemplate(id: number): Promise<boolean>
}

export function deskShelf(db: Db): DeskShelf {
  const views = (account: number) =>
    db.selectFrom('saved_views').select(['id', 'name', 'query']).where('account', '=', account).orderBy('name').execute()
  const templates = () => db.selectFrom('reply_templates').selectAll().orderBy('name').execute()

  return {
    views,
    async saveView(account, { name, query }) {
      const there = await views(account)
      const same = there.find(view => view.name === name)
      if (same !== undefined) {
        await db.updateTable('saved_views').set({ query }).where('id', '=', same.id).execute()
        return done({ ...same, query })
      }
      if (there.length >= MOST.views) return failed('full', `No more than ${MOST.views} saved views: remove one first.`, false)
      // The database numbers the rows.
      const { id } = await db
        .insertInto('saved_views')
        .values({ account, name, query } as Schema['saved_views'])
        .returning('id')
        .executeTakeFirstOrThrow()
      return done({ id, name, query })
    },
    async removeView(account, id) {
      const gone = await db.deleteFrom('saved_views').where('account', '=', account).where('id', '=', id).executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
    templates,
    async saveTemplate({ name, text, by }) {
      const there = await templates()
      const same = there.find(template => template.name === name)
      if (same !== undefined) {
        await db.updateTable('reply_templates').set({ text, by }).where('id', '=', same.id).execute()
        return done({ ...same, text, by })
      }
      if (there.length >= MOST.templates) return failed('full', `No more than ${MOST.templates} templates: remove one first.`, false)
      const { id } = await db
        .insertInto('reply_templates')
        .values({ name, text, by } as Schema['reply_templates'])
        .returning('id')
        .executeTakeFirstOrThrow()
      return done({ id, name, text, by })
    },
    async removeTemplate(id) {
      const gone = await db.deleteFrom('reply_templates').where('id', '=', id).executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
  }
}
