// Filled in with its room.
import type { Migration } from '../migration.ts'

export const calendars: Migration = { version: 7, name: 'calendars', async up(_db) {} }
