// Filled in with its room.
import type { Migration } from '../migration.ts'

export const people: Migration = { version: 4, name: 'people', async up(_db) {} }
