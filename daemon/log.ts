// The log: JSON lines on standard error, so that standard output belongs to the commands. Secrets are cut out by name.
import { pino } from 'pino'
import type { Log } from './domain/call.ts'

const SECRETS = ['password', 'community', 'secret', 'token', 'authorization', 'cookie', 'keyFile']

export function openLog(level: 'debug' | 'info' | 'warn' | 'error'): Log {
  const paths = SECRETS.flatMap(name => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])
  const logger = pino(
    // Under the name the house uses: pino writes an Error elsewhere as {}.
    {
      level,
      base: null,
      serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[secret]' },
    },
    pino.destination({ dest: 2, sync: true }),
  )
  return wrap(logger)
}

const wrap = (logger: pino.Logger): Log => ({
  debug: (fields, message) => logger.debug(fields, message),
  info: (fields, message) => logger.info(fields, message),
  warn: (fields, message) => logger.warn(fields, message),
  error: (fields, message) => logger.error(fields, message),
  child: fields => wrap(logger.child(fields)),
})

/** For tests and for commands that speak for themselves. */
export const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => SILENT,
}
