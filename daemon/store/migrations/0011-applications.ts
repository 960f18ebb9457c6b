// Applications: who answers for them from when to when, instead of one each; and which tickets are about them.
import type { Migration } from '../migration.ts'

type Before = {
  applications: { id: number; structural: number | null; technical: number | null; responsible: string }
}

export const applications: Migration = {
  version: 11,
  name: 'applications',
  async up(given) {
    const db = given.withTables<Before>()
    await db.schema
      .alterTable('applications')
      .addColumn('responsible', 'text', c => c.notNull().defaultTo('[]'))
      .execute()
    // Since when they do nobody wrote down: open at both ends.
    for (const { id, structural, technical } of await db.selectFrom('applications').select(['id', 'structural', 'technical']).execute()) {
      const responsible = [
        { as: 'structural', person: structural },
        { as: 'technical', person: technical },
      ].flatMap(({ as, person }) => (person === null ? [] : [{ as, person, from: null, until: null }]))
      await db
        .updateTable('applications')
        .set({ responsible: JSON.stringify(responsible) })
        .where('id', '=', id)
        .execute()
    }
    await db.schema.alterTable('applications').dropColumn('structural').execute()
    await db.schema.alterTable('applications').dropColumn('technical').execute()
    await db.schema.alterTable('tickets').addColumn('application', 'integer').execute()
    await db.schema.createIndex('tickets_application').on('tickets').columns(['application', 'changed_at']).execute()
    // The history of an application is read from the trail.
    await db.schema.createIndex('audit_action').on('audit').column('action').execute()
  },
}
