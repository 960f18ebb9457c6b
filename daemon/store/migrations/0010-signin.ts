// Filled in with its room.
import type { Migration } from '../migration.ts'

export const signin: Migration = { version: 10, name: 'signin', async up(_db) {} }
