// The append journal of readings that are not in a sealed block yet. What was handed to the kernel survives kill -9.
import { closeSync, existsSync, fdatasync, fsyncSync, ftruncateSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Entry, readSegment, sizeOf, writeRecord } from './record.ts'

interface Journal {
  /** Queues a record; `write` hands it to the kernel. Gives its number. */
  add(points: Uint32Array, values: Float64Array, at: Float64Array): number
  /** Hands everything queued to the kernel; throws the kernel's error and keeps the queue, the file as it was. */
  write(): void
  /** Puts what was written on the disk, off this thread; no-op when nothing is new. */
  sync(done: (error: Error | null) => void): void
  /** Drops segments that hold only records before `seq`. */
  prune(seq: number): void
  /** Bytes queued and not written yet, and bytes in files. */
  queued(): number
  bytes(): number
  nextSeq(): number
  close(): void
}

const SEGMENT = 16 * 2 ** 20
const NAME = /^(\d{16})\.journal$/

interface Segment {
  readonly file: string
  readonly first: number
  bytes: number
}

export interface OpenJournal {
  readonly journal: Journal
  /** Bytes cut off the end or skipped, with why; for the log. */
  readonly damage: readonly string[]
}

/** Replays every whole record in order into `replay`, cuts a torn tail off, then stands ready to append. */
export function openJournal(folder: string, atLeast: number, replay: (entry: Entry) => void): OpenJournal {
  const damage: string[] = []
  const segments: Segment[] = []
  let next = atLeast
  for (const name of readdirSync(folder)
    .filter(name => NAME.test(name))
    .sort()) {
    const file = join(folder, name)
    const good = readSegment(file, damage, entry => {
      next = Math.max(next, entry.seq + 1)
      replay(entry)
    })
    if (good === 0) rmSync(file)
    else segments.push({ file, first: Number(NAME.exec(name)?.[1]), bytes: good })
  }
  return { journal: appendTo(folder, segments, next), damage }
}

function appendTo(folder: string, segments: Segment[], first: number): Journal {
  let next = first
  let queue = new ArrayBuffer(65_536)
  let length = 0
  let firstQueued = next
  let current: { fd: number; segment: Segment } | null = null
  let dirty = false
  /** Descriptor of the sync under way on a thread of libuv's; closed by nobody else meanwhile. */
  let syncing: number | null = null
  let leftMeanwhile = false

  const room = (more: number): void => {
    if (length + more <= queue.byteLength) return
    queue = queue.transfer(Math.max(queue.byteLength * 2, length + more))
  }

  /** A new file's name must be on the disk too, or a power cut takes the file with it. */
  const syncFolder = (): void => {
    const fd = openSync(folder, 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  }

  const leave = (): void => {
    if (current === null) return
    const { fd } = current
    current = null
    try {
      fsyncSync(fd)
      dirty = false
    } finally {
      if (syncing === fd) leftMeanwhile = true
      else closeSync(fd)
    }
  }

  const begin = (): { fd: number; segment: Segment } => {
    const file = join(folder, `${String(firstQueued).padStart(16, '0')}.journal`)
    const fd = openSync(file, 'a')
    const segment = { file, first: firstQueued, bytes: 0 }
    segments.push(segment)
    current = { fd, segment }
    syncFolder()
    return current
  }

  return {
    add(points, values, at) {
      const size = sizeOf(points.length)
      room(size)
      if (length === 0) firstQueued = next
      const seq = next++
      writeRecord(queue, length, { seq, points, values, at })
      length += size
      return seq
    },

    write() {
      if (length === 0) return
      if (current !== null && current.segment.bytes >= SEGMENT) leave()
      const { fd, segment } = current ?? begin()
      const bytes = new Uint8Array(queue, 0, length)
      let written = 0
      try {
        while (written < length) written += writeSync(fd, bytes, written)
      } catch (error) {
        // Half a record is worse than none; cutting shorter needs no space.
        if (written > 0) ftruncateSync(fd, segment.bytes)
        throw error
      }
      segment.bytes += length
      length = 0
      dirty = true
      // A burst that had to wait for space is not kept as a buffer.
      if (queue.byteLength > 2 ** 22) {
        queue = new ArrayBuffer(65_536)
      }
    },

    sync(done) {
      if (!dirty || syncing !== null || current === null) return
      const { fd } = current
      dirty = false
      syncing = fd
      fdatasync(fd, error => {
        syncing = null
        if (leftMeanwhile) closeSync(fd)
        leftMeanwhile = false
        if (error !== null) dirty = true
        done(error)
      })
    },

    prune(seq) {
      for (;;) {
        const [oldest, following] = segments
        // The following segment's first number says where the oldest one ends.
        if (oldest === undefined || oldest.file === current?.segment.file) return
        if ((following?.first ?? firstQueuedOr(next, length, firstQueued)) > seq) return
        rmSync(oldest.file, { force: true })
        segments.shift()
      }
    },

    queued: () => length,
    bytes: () => segments.reduce((sum, { bytes }) => sum + bytes, 0),
    nextSeq: () => next,

    close() {
      try {
        leave()
      } finally {
        for (const { file } of segments) if (existsSync(file) && statSync(file).size === 0) rmSync(file)
      }
    },
  }
}

/** First number that is in no file yet. */
const firstQueuedOr = (next: number, length: number, firstQueued: number): number => (length > 0 ? firstQueued : next)
