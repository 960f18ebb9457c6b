// Which test of an asset can be taken from its readings. Pure.
import type { AssetKind, CareTest } from '../../../daemon/domain/care.ts'

const TESTS: Partial<Readonly<Record<AssetKind, CareTest>>> = { genset: 'genset', ups: 'battery' }

/** Null: none, or nobody reads it. */
export const testOf = (asset: { readonly kind: AssetKind; readonly device: string | null } | undefined): CareTest | null =>
  asset === undefined || asset.device === null ? null : (TESTS[asset.kind] ?? null)
