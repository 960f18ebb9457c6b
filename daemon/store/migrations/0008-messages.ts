// Filled in with its room.
import type { Migration } from '../migration.ts'

export const messages: Migration = { version: 8, name: 'messages', async up(_db) {} }
