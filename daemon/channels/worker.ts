// The thread that takes letters apart: one that is made to take for ever holds up nothing else.
import { parentPort } from 'node:worker_threads'
import { type Letter, type Reading, readLetter } from './letter.ts'

export interface ToRead {
  readonly no: number
  readonly raw: Uint8Array
  readonly how: Reading
}

export interface WasRead {
  readonly no: number
  readonly letter: Letter
}

const port = parentPort
if (port === null) throw new Error('worker.ts is run by reader.ts, in a thread')

port.on('message', ({ no, raw, how }: ToRead) => {
  readLetter(raw, how).then(
    letter => {
      // Small ones share their memory with others and are copied.
      const own = letter.attachments.map(({ content }) => content).filter(({ byteLength, buffer }) => byteLength === buffer.byteLength)
      port.postMessage({ no, letter } satisfies WasRead, [...new Set(own.map(({ buffer }) => buffer as ArrayBuffer))])
    },
    // A mistake of ours: ends the thread, and the letter is read by its head.
    (error: unknown) => {
      throw error
    },
  )
})
