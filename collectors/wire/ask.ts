// The poll: one prepared request asked, its numbers put where the caller wants them, one call back. Allocates nothing.
import type { FailureKind } from '../../daemon/domain/outcome.ts'
import type { Why } from '../../daemon/domain/why.ts'
import { readValues, type Yield } from './decode.ts'
import { ERROR, errorName } from './errors.ts'
import type { Head } from './head.ts'
import type { Taker } from './packet.ts'
import { TYPE } from './session.ts'
import type { Socket } from './socket.ts'
import { type Request, without } from './template.ts'

/** What came of one request. Lent for the call back only: the next answer overwrites it. */
export interface Answer extends Yield {
  /**
   * `ok`: all that was expected came, in whatever order. `short`: the device answered, but some expected OIDs did not come (`missing`)
   * or others came (`strange`): rows have gone or the device cut its answer. `error`: `errorStatus` says what (tooBig is told as `tooBig`).
   * Else why there is no answer. Values are written on `ok` and `short` only; after a `garbage` they mean nothing.
   */
  status: 'ok' | 'short' | 'error' | FailureKind
  /** RFC 3416 error-status and error-index (1 is the first varbind of the request), 0 when there was none. */
  errorStatus: number
  errorIndex: number
  /** PDUs sent and PDUs that stayed without answer. */
  pdus: number
  timeouts: number
  /** When it is not `ok`; never a secret. */
  why: Why | null
}

/** Every so many polls the whole request is asked again, in case what the device refused has come. */
const WHOLE_AGAIN = 64

/**
 * Asks. `values[offset …]` is filled as `request.size` numbers, NaN where there is none; `tags`, where given, with each value's ASN.1 tag:
 * the exceptions 0x80–0x82, NULL for a variable that only gives genErr, 0 for what did not come. A request is asked again only after `finished`,
 * which is called exactly once and never before `ask` has returned. What a device refuses by error-index is left out and the rest asked again;
 * later polls leave it out at once.
 */
export function ask(
  socket: Socket,
  request: Request,
  values: Float64Array,
  tags: Uint8Array | null,
  offset: number,
  finished: (answer: Answer) => void,
): void {
  const asking = idle.pop() ?? newAsking()
  asking.socket = socket
  asking.whole = request
  asking.values = values
  asking.tags = tags
  asking.offset = offset
  asking.finished = finished
  asking.pdus = 0
  asking.timeouts = 0
  if (request.narrowed !== null && ++request.skipped < WHOLE_AGAIN) asking.request = request.narrowed
  else {
    asking.request = request
    request.narrowed = null
    request.skipped = 0
  }
  const { packet } = asking.request
  packet.timeout = request.packet.timeout
  packet.retries = request.packet.retries
  socket.exchange(packet, asking.taker)
}

interface Asking {
  socket: Socket | null
  /** As prepared, and as it is asked now. */
  whole: Request | null
  request: Request | null
  values: Float64Array
  tags: Uint8Array | null
  offset: number
  finished: ((answer: Answer) => void) | null
  pdus: number
  timeouts: number
  readonly taker: Taker
}

const idle: Asking[] = []
const NOWHERE = new Float64Array(0)
const MALFORMED: Why = { code: 'malformed' }
const TOO_BIG: Why = { code: 'tooBig' }
const answer: Answer = { status: 'ok', errorStatus: 0, errorIndex: 0, missing: 0, strange: 0, pdus: 0, timeouts: 0, why: null }

function newAsking(): Asking {
  const asking: Asking = {
    socket: null,
    whole: null,
    request: null,
    values: NOWHERE,
    tags: null,
    offset: 0,
    finished: null,
    pdus: 0,
    timeouts: 0,
    taker: {
      answered(head, pdus, timeouts) {
        asking.pdus += pdus
        asking.timeouts += timeouts
        hear(asking, head)
      },
      failed(kind, why, pdus, timeouts) {
        asking.pdus += pdus
        asking.timeouts += timeouts
        finish(asking, kind, why)
      },
    },
  }
  return asking
}

function hear(asking: Asking, head: Head): void {
  const { request } = asking
  if (request === null) return
  answer.errorStatus = head.errorStatus
  answer.errorIndex = head.errorIndex
  if (head.errorStatus !== 0) {
    if (!narrow(asking, request, head)) refuse(asking, head)
  } else if (!readValues(head, request, asking.values, asking.tags, asking.offset, answer)) {
    finish(asking, 'garbage', MALFORMED)
  } else {
    markAbsent(asking, request)
    if (answer.missing === 0 && answer.strange === 0) finish(asking, 'ok', null)
    else finish(asking, 'short', { code: 'others', asked: request.size, missing: answer.missing, strange: answer.strange })
  }
}

/** Leaves out the variable that the device names as the cause and asks for the rest. False when that cannot help. */
function narrow(asking: Asking, request: Request, head: Head): boolean {
  const { socket, whole } = asking
  const index = head.errorIndex - 1
  const helps = head.errorStatus === ERROR.noSuchName || head.errorStatus === ERROR.genErr
  if (!helps || index < 0 || index >= request.size || request.ask.pdu !== 'get' || socket === null || whole === null) return false
  const tag = head.errorStatus === ERROR.noSuchName ? TYPE.noSuchInstance : TYPE.null
  if (request.size === 1) {
    // Nothing is left to ask for. It stays the question, as an answer says that the device lives.
    markAbsent(asking, request)
    mark(asking, request.places?.[0] ?? 0, tag)
    answer.missing = 0
    answer.strange = 0
    finish(asking, 'ok', null)
    return true
  }
  whole.narrowed = without(socket, request, index, tag)
  asking.request = whole.narrowed
  socket.exchange(whole.narrowed.packet, asking.taker)
  return true
}

function refuse(asking: Asking, head: Head): void {
  if (head.errorStatus === ERROR.tooBig) finish(asking, 'tooBig', TOO_BIG)
  else finish(asking, 'error', { code: 'refusedWith', error: errorName(head.errorStatus), at: head.errorIndex === 0 ? null : head.errorIndex })
}

function markAbsent(asking: Asking, request: Request): void {
  for (const { place, tag } of request.absent) mark(asking, place, tag)
}

function mark({ values, tags, offset }: Asking, place: number, tag: number): void {
  values[offset + place] = Number.NaN
  if (tags !== null) tags[offset + place] = tag
}

function finish(asking: Asking, status: Answer['status'], why: Why | null): void {
  const { finished, pdus, timeouts } = asking
  asking.finished = null
  asking.socket = null
  asking.whole = null
  asking.request = null
  asking.values = NOWHERE
  asking.tags = null
  idle.push(asking)
  answer.status = status
  answer.why = why
  answer.pdus = pdus
  answer.timeouts = timeouts
  if (status !== 'ok' && status !== 'short') {
    answer.missing = 0
    answer.strange = 0
    if (status !== 'error' && status !== 'tooBig') answer.errorStatus = answer.errorIndex = 0
  }
  finished?.(answer)
}
