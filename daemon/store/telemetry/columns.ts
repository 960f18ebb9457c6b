// Columns of doubles as bytes, exactly: decimals as deltas of scaled integers, anything else bit by bit.
import {
  LARGEST,
  type Reader,
  readByte,
  readBytes,
  readSigned,
  readUnsigned,
  reserve,
  type Writer,
  writeByte,
  writeSigned,
  writeUnsigned,
} from './bytes.ts'

/** Decimals tried. Devices report tenths, hundredths, seldom more. */
const MOST_DIGITS = 9
/** Scaled integers stay below half of LARGEST, so that their differences stay below it. */
const SCALED = LARGEST / 2
const LOSSLESS = 255
/** Whole timestamps: by delta of delta, or by what they are off an even grid. */
const PACE = 0
const GRID = 1

const POWERS = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, digits) => 10 ** digits)

/** True when `value` is exactly an integer divided by `power`, as a decimal text read by a device or by us would be. */
function isScaled(value: number, power: number): boolean {
  const scaled = Math.round(value * power)
  return scaled / power === value && scaled < SCALED && scaled > -SCALED && !(scaled === 0 && Object.is(value, -0))
}

/** Fewest decimals that hold all values exactly (NaN aside); null when no few do. */
export function digitsOf(values: Float64Array, n: number, atLeast = 0): number | null {
  let digits = atLeast
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    while (!isScaled(value, POWERS[digits] as number)) if (++digits > MOST_DIGITS) return null
  }
  // What was found for one value must also hold those before it.
  if (digits > atLeast) {
    const power = POWERS[digits] as number
    for (let i = 0; i < n; i++) {
      const value = values[i] as number
      if (!Number.isNaN(value) && !isScaled(value, power)) return null
    }
  }
  return digits
}

/** Nearest number of that many decimals: takes back what adding decimals in binary has drifted. */
export function snap(value: number, digits: number): number {
  const power = POWERS[digits] ?? 1
  const scaled = Math.round(value * power)
  return Math.abs(scaled) < SCALED ? scaled / power : value
}

export function writeValues(to: Writer, values: Float64Array, n: number): void {
  const digits = digitsOf(values, n)
  if (digits === null) {
    writeByte(to, LOSSLESS)
    writeLossless(to, values, n)
    return
  }
  writeByte(to, digits)
  writeMissing(to, values, n)
  const power = POWERS[digits] as number
  let previous = 0
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    const scaled = Math.round(value * power)
    writeSigned(to, scaled - previous)
    previous = scaled
  }
}

/** Gives the number of decimals too; null for values kept bit by bit. */
export function readValues(from: Reader, n: number): { values: Float64Array; digits: number | null } {
  const digits = readByte(from)
  if (digits === LOSSLESS) return { values: readLossless(from, n), digits: null }
  const power = POWERS[digits]
  if (power === undefined) throw new RangeError('block of an unknown kind')
  const values = new Float64Array(n)
  const missing = readMissing(from, values)
  let previous = 0
  for (let i = 0; i < n; i++) {
    if (missing && Number.isNaN(values[i])) continue
    previous += readSigned(from)
    values[i] = previous / power
  }
  return { values, digits }
}

/** Positions without a value, as gaps. */
function writeMissing(to: Writer, values: Float64Array, n: number): void {
  let missing = 0
  for (let i = 0; i < n; i++) if (Number.isNaN(values[i])) missing++
  writeUnsigned(to, missing)
  if (missing === 0) return
  let previous = -1
  for (let i = 0; i < n; i++)
    if (Number.isNaN(values[i])) {
      writeUnsigned(to, i - previous - 1)
      previous = i
    }
}

function readMissing(from: Reader, values: Float64Array): boolean {
  const missing = readUnsigned(from)
  if (missing > values.length) throw new RangeError('block counts more gaps than readings')
  let at = -1
  for (let k = 0; k < missing; k++) {
    at += readUnsigned(from) + 1
    values[at] = Number.NaN
  }
  return missing > 0
}

/** Each double XOR the one before, byte planes apart: equal signs, exponents and leading digits become runs of zeros. */
function writeLossless(to: Writer, values: Float64Array, n: number): void {
  reserve(to, n * 8)
  const words = new Uint32Array(values.buffer, values.byteOffset, n * 2)
  const { bytes } = to
  for (let i = 0; i < n; i++)
    for (let half = 0; half < 2; half++) {
      const word = (words[2 * i + half] as number) ^ (i === 0 ? 0 : (words[2 * i - 2 + half] as number))
      for (let byte = 0; byte < 4; byte++) bytes[to.length + (half * 4 + byte) * n + i] = word >>> (byte * 8)
    }
  to.length += n * 8
}

function readLossless(from: Reader, n: number): Float64Array {
  const bytes = readBytes(from, n * 8)
  const values = new Float64Array(n)
  const words = new Uint32Array(values.buffer)
  for (let i = 0; i < n; i++)
    for (let half = 0; half < 2; half++) {
      let word = 0
      for (let byte = 0; byte < 4; byte++) word |= (bytes[(half * 4 + byte) * n + i] as number) << (byte * 8)
      words[2 * i + half] = word ^ (i === 0 ? 0 : (words[2 * i - 2 + half] as number))
    }
  return values
}

/** Times of readings: any order, any doubles; small when they come at a steady pace. */
export function writeTimes(to: Writer, times: Float64Array, n: number): void {
  if (!areWhole(times, n)) {
    writeByte(to, LOSSLESS)
    writeLossless(to, times, n)
    return
  }
  const first = n > 0 ? (times[0] as number) : 0
  const step = n > 1 ? Math.round(((times[n - 1] as number) - first) / (n - 1)) : 0
  if (isOnGrid(times, n, first, step)) {
    writeByte(to, GRID)
    writeSigned(to, first)
    writeSigned(to, step)
    for (let i = 0; i < n; i++) writeSigned(to, (times[i] as number) - first - i * step)
    return
  }
  writeByte(to, PACE)
  let previous = 0
  let pace = 0
  for (let i = 0; i < n; i++) {
    const time = times[i] as number
    writeSigned(to, time - previous - pace)
    // The first difference is the time itself and says nothing of the pace.
    pace = i === 0 ? 0 : time - previous
    previous = time
  }
}

function areWhole(times: Float64Array, n: number): boolean {
  // With |time| below an eighth of LARGEST no difference of differences leaves its range.
  for (let i = 0; i < n; i++) {
    const time = times[i] as number
    if (!Number.isInteger(time) || Math.abs(time) >= LARGEST / 8 || Object.is(time, -0)) return false
  }
  return true
}

/** Answers that come late by a few random ms are nearer to a grid than to each other; a pause or a change of pace is not. */
function isOnGrid(times: Float64Array, n: number, first: number, step: number): boolean {
  let grid = 0
  let pace = 0
  for (let i = 2; i < n; i++) {
    const time = times[i] as number
    const before = times[i - 1] as number
    grid += Math.abs(time - first - i * step)
    pace += Math.abs(time - before - (before - (times[i - 2] as number)))
  }
  return grid < pace
}

export function readTimes(from: Reader, n: number): Float64Array {
  const kind = readByte(from)
  if (kind === LOSSLESS) return readLossless(from, n)
  const times = new Float64Array(n)
  if (kind === GRID) {
    const first = readSigned(from)
    const step = readSigned(from)
    for (let i = 0; i < n; i++) times[i] = first + i * step + readSigned(from)
    return times
  }
  if (kind !== PACE) throw new RangeError('block of an unknown kind')
  let previous = 0
  let pace = 0
  for (let i = 0; i < n; i++) {
    const time = previous + pace + readSigned(from)
    pace = i === 0 ? 0 : time - previous
    previous = time
    times[i] = time
  }
  return times
}
