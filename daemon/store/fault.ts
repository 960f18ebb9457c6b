// What can normally go wrong under a store, told as a typed failure instead of a driver's error code.
import { type Failure, type FailureKind, failed } from '../domain/outcome.ts'

/** Rejection of every store promise that failed for a reason one may meet in operation (disk full, file damaged, locked …). */
export class StoreFault extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.name = 'StoreFault'
    this.failure = failure
  }
}

export const fault = (kind: FailureKind, message: string, retry?: boolean): StoreFault => new StoreFault(failed(kind, message, retry).failure)

const FULL = 'The disk is full: free space in the data folder or move it; what was written before is intact.'

/** By beginning of SQLite's extended result code (https://sqlite.org/rescode.html) or by errno name; the first that fits counts. */
const CODES: readonly (readonly [RegExp, FailureKind, string])[] = [
  [/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT|EFBIG)/, 'full', FULL],
  [/^(EMFILE|ENFILE)/, 'busy', 'Too many files are open: raise the limit (LimitNOFILE of the service, or ulimit -n).'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'busy', 'The database is locked by another program.'],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    'garbage',
    'The database file is damaged or not a database: stop Suar, put the newest copy from the backup folder in its place, start again.',
  ],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/,
    'forbidden',
    'The data folder may not be written: give it to the user Suar runs as.',
  ],
  [/^(SQLITE_IOERR|EIO)/, 'unreachable', 'The disk reports an input/output error: look at the kernel log and the health of the drive.'],
  [/^SQLITE_CONSTRAINT/, 'conflict', 'The record contradicts one that is already there.'],
]

const codeOf = (error: unknown): string | null => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null)

/** The failure behind a driver's or the kernel's error; null when it is a bug. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof StoreFault) return error.failure
  const code = codeOf(error)
  if (code === null) return null
  for (const [pattern, kind, message] of CODES) if (pattern.test(code)) return failed(kind, `${message} (${code})`).failure
  return null
}

/** Runs `work`; an operational error comes out as StoreFault, a bug as itself. */
export function translating<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null || error instanceof StoreFault) throw error
    throw new StoreFault(failure, { cause: error })
  }
}
