// What a command of `suar` is: a file under commands/, named as it is typed, with a dash where there is a space.
export interface CommandIo {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  readonly env: NodeJS.ProcessEnv
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal
}

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What --help prints. */
  readonly help: string
  /** Exit code: 0 done, 1 problems found or failed, 2 wrong use or wrong settings, 3 no answer, 78 cannot run here. */
  run(argv: readonly string[], io: CommandIo): Promise<number>
}
