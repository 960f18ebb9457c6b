// Filled in with its room.
import type { Migration } from '../migration.ts'

export const catalogue: Migration = { version: 6, name: 'catalogue', async up(_db) {} }
