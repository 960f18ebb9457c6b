// The press's own thread: sets one paper after another, so that setting a long one delays no poll.
import { parentPort } from 'node:worker_threads'
import type { FromPress, ToPress } from './messages.ts'
import { render } from './render.ts'

const port = parentPort
if (port === null) throw new Error('this file is a thread of the paper room')

port.on('message', ({ no, paper }: ToPress) => {
  render(paper).then(
    outcome => port.postMessage({ kind: 'printed', no, outcome } satisfies FromPress, outcome.ok ? [outcome.value.pdf.buffer as ArrayBuffer] : []),
    (error: unknown) => port.postMessage({ kind: 'fault', no, reason: error instanceof Error ? error.message : String(error) } satisfies FromPress),
  )
})
