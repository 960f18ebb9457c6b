// Filled in with its room.
import type { Migration } from '../migration.ts'

export const tickets: Migration = { version: 5, name: 'tickets', async up(_db) {} }
