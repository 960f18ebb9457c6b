// How long a request may take to come in whole: a form soon, files as long as something comes. Nobody holds a line by saying nothing on it.
import type { RequestHandler } from 'express'
import { problem, sendProblem } from './problems.ts'

export interface Patience {
  /** ms for the whole of a request without files. */
  readonly whole: number
  /** ms in which of a request with files something must have come; while a scanner looks at one of them the next waits. */
  readonly pause: number
}

const PATIENCE: Patience = { whole: 30_000, pause: 180_000 }

/** ms for any request: the largest files over a telephone's line, and no more. */
export const LONGEST = 60 * 60_000

export function patience({ whole, pause }: Patience = PATIENCE): RequestHandler {
  return (request, response, next) => {
    const { headers, socket } = request
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return next()
    const late = () => {
      if (request.complete) return
      // Whoever goes on sending after the answer is not listened to.
      if (response.headersSent) return void request.destroy()
      response.once('finish', () => request.destroy())
      sendProblem(response, problem(408, 'The request did not come in whole in time. Send it again.'))
    }
    let heard = socket.bytesRead
    const look = () => {
      if (socket.bytesRead === heard) late()
      heard = socket.bytesRead
    }
    const timer = request.is('multipart/form-data') ? setInterval(look, pause) : setTimeout(late, whole)
    timer.unref()
    request.once('close', () => clearTimeout(timer))
    next()
  }
}
