// Collects readings and poll reports in growing typed arrays and cuts them into batches.
import type { Instant } from '../domain/call.ts'
import type { Batch } from '../domain/reading.ts'

export interface BatchBuilder {
  readonly readings: number
  readonly polls: number
  reading(point: number, value: number, at: Instant): void
  poll(device: number, at: Instant, duration: number, status: number, pdus: number, timeouts: number, lag: number): void
  /** Everything collected since the last cut, in arrays of its own that may be transferred to another thread. */
  cut(): Batch
}

const MOST = 0xffff

/** `readings` is the expected size of a batch; it grows when the store is behind and shrinks back after. */
export function openBatch(readings = 2048, polls = 512): BatchBuilder {
  let sequence = 0
  let n = 0
  let points = new Uint32Array(readings)
  let values = new Float64Array(readings)
  let times = new Float64Array(readings)
  let m = 0
  let reports = reportColumns(polls)

  return {
    get readings() {
      return n
    },
    get polls() {
      return m
    },
    reading(point, value, at) {
      if (n === points.length) {
        points = grown(points, new Uint32Array(2 * n))
        values = grown(values, new Float64Array(2 * n))
        times = grown(times, new Float64Array(2 * n))
      }
      points[n] = point
      values[n] = value
      times[n++] = at
    },
    poll(device, at, duration, status, pdus, timeouts, lag) {
      if (m === reports.devices.length) {
        const wider = reportColumns(2 * m)
        grown(reports.devices, wider.devices)
        grown(reports.at, wider.at)
        grown(reports.duration, wider.duration)
        grown(reports.status, wider.status)
        grown(reports.pdus, wider.pdus)
        grown(reports.timeouts, wider.timeouts)
        grown(reports.lag, wider.lag)
        reports = wider
      }
      reports.devices[m] = device
      reports.at[m] = at
      reports.duration[m] = duration
      reports.status[m] = status
      reports.pdus[m] = Math.min(pdus, MOST)
      reports.timeouts[m] = Math.min(timeouts, MOST)
      reports.lag[m++] = lag
    },
    cut() {
      const batch: Batch = {
        sequence: ++sequence,
        points: points.slice(0, n),
        values: values.slice(0, n),
        at: times.slice(0, n),
        polls: {
          devices: reports.devices.slice(0, m),
          at: reports.at.slice(0, m),
          duration: reports.duration.slice(0, m),
          status: reports.status.slice(0, m),
          pdus: reports.pdus.slice(0, m),
          timeouts: reports.timeouts.slice(0, m),
          lag: reports.lag.slice(0, m),
        },
      }
      if (points.length > readings) {
        points = new Uint32Array(readings)
        values = new Float64Array(readings)
        times = new Float64Array(readings)
      }
      if (reports.devices.length > polls) reports = reportColumns(polls)
      n = 0
      m = 0
      return batch
    },
  }
}

/** Buffers of a batch, to be handed over rather than copied. */
export const buffersOf = ({ points, values, at, polls }: Batch): ArrayBuffer[] =>
  [points, values, at, polls.devices, polls.at, polls.duration, polls.status, polls.pdus, polls.timeouts, polls.lag].map(
    column => column.buffer as ArrayBuffer,
  )

const reportColumns = (length: number) => ({
  devices: new Uint32Array(length),
  at: new Float64Array(length),
  duration: new Float32Array(length),
  status: new Uint8Array(length),
  pdus: new Uint16Array(length),
  timeouts: new Uint16Array(length),
  lag: new Float32Array(length),
})

function grown<T extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
