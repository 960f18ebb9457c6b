// Figures over restarts of the thread: what is counted adds up, what is momentary is of now.
import type { Figures } from './messages.ts'

export const NO_FIGURES: Figures = {
  polls: 0,
  pollsPerSecond: 0,
  lagP95: 0,
  pdus: 0,
  timeouts: 0,
  readings: 0,
  late: 0,
  faults: 0,
  discoveries: 0,
  devices: 0,
  silent: 0,
  unstored: 0,
  collectors: {},
}

export const addTotals = (past: Figures, present: Figures): Figures => ({
  ...present,
  polls: past.polls + present.polls,
  pdus: past.pdus + present.pdus,
  timeouts: past.timeouts + present.timeouts,
  readings: past.readings + present.readings,
  late: past.late + present.late,
  faults: past.faults + present.faults,
  discoveries: past.discoveries + present.discoveries,
})
