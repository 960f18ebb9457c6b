// States: a device's own enumeration, and the few words the daemon reasons with.

/** The normal form every alarm and page uses. */
export const NORMALS = ['ok', 'warning', 'critical', 'unknown', 'maintenance'] as const
export type Normal = (typeof NORMALS)[number]

/** What a state means for power, cooling and people; the daemon correlates by these, never by a vendor's word. */
export const MEANINGS = [
  'onLine',
  'onBattery',
  'bypass',
  'boost',
  'batteryLow',
  'batteryReplace',
  'batteryTest',
  'overload',
  'outputOff',
  'utilityOk',
  'utilityFailed',
  'sourceA',
  'sourceB',
  'noSource',
  'redundancyLost',
  'running',
  'stopped',
  'starting',
  'cooldown',
  'startFailed',
  'standby',
  'fault',
  'cooling',
  'heating',
  'humidifying',
  'dehumidifying',
  'fanFailed',
  'airflowLow',
  'filterDirty',
  'doorOpen',
  'doorClosed',
  'doorForced',
  'doorHeld',
  'locked',
  'unlocked',
  'smoke',
  'fire',
  'leak',
  'dry',
  'discharged',
  'disabled',
  'faulty',
  'on',
  'off',
  'up',
  'down',
  'present',
  'absent',
  'motion',
] as const
export type Meaning = (typeof MEANINGS)[number]

/** One value of a device's enumeration. */
export interface State {
  readonly value: number
  /** The MIB's own name for it. */
  readonly name: string
  readonly normal: Normal
  readonly meaning: Meaning | null
}

/** The state a reading stands for; an unlisted value is unknown, never ok. */
export function stateOf(states: readonly State[], value: number): State {
  for (const state of states) if (state.value === value) return state
  return { value, name: String(value), normal: 'unknown', meaning: null }
}
