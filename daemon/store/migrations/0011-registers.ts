// Applications: who answers for them from when to when, instead of one each, and which tickets are about them; outages of services.
import type { Migration } from '../migration.ts'

type Before = {
  applications: { id: number; structural: number | null; technical: number | null; responsible: string }
}

export const registers: Migration = {
  version: 11,
  name: 'registers',
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
    // `services`: keys of the catalogue. `until_at` null: it goes on. `planned`: said before. `gone_at`: was a mistake.
    await db.schema
      .createTable('outages')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('services', 'text', c => c.notNull())
      .addColumn('from_at', 'bigint', c => c.notNull())
      .addColumn('until_at', 'bigint')
      .addColumn('planned', 'integer', c => c.notNull())
      .addColumn('reason', 'text', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .addColumn('gone_at', 'bigint')
      .execute()
    await db.schema.createIndex('outages_from').on('outages').column('from_at').execute()
    await db.schema.createIndex('audit_action').on('audit').column('action').execute()
  },
}
