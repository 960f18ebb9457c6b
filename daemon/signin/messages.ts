// What the thread that hashes passwords is told, and tells.
import type { Recipe } from './hash.ts'

export interface ToHasher {
  readonly no: number
  readonly password: string
  readonly recipe: Recipe
}

export type FromHasher =
  | { readonly kind: 'hashed'; readonly no: number; readonly hash: Uint8Array }
  | { readonly kind: 'fault'; readonly no: number; readonly reason: string }
