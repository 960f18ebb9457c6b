// Filled in with its room.
import type { Migration } from '../migration.ts'

export const documents: Migration = { version: 9, name: 'documents', async up(_db) {} }
