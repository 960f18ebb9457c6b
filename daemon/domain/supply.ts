// Which source of a transfer switch a point is about: makers letter them A, B … in the order of the power chain's `from`.
import type { DeviceId } from './device.ts'
import type { PowerNode } from './inventory.ts'

const LETTER = /(?:^|\.)(?:source|input)\.([A-D])(?:\.|$)/

/** The node that feeds the lettered input a point of an ATS belongs to; null when the point is about no single input. */
export function lettered(power: readonly PowerNode[], device: DeviceId, key: string): PowerNode | null {
  const letter = LETTER.exec(key)?.[1]
  if (letter === undefined) return null
  const from = power.find(node => node.kind === 'ats' && node.device === device)?.from[letter.charCodeAt(0) - 65]
  return from === undefined ? null : (power.find(node => node.id === from) ?? null)
}
