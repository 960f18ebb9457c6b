// What the daemon was asked: its shape while it is waited for, what went wrong with a way to try again, or the answer.
import type { ComponentChildren } from 'preact'
import { ErrorBox, Skeleton } from '../../parts/index.ts'
import type { Asked } from './use-asked.ts'

interface AskedGateProps<T> {
  readonly asked: Asked<T>
  /** Lines that stand in for the answer. */
  readonly lines: number
  readonly children: (value: T) => ComponentChildren
}

export function AskedGate<T>({ asked, lines, children }: AskedGateProps<T>) {
  if (asked.value !== null) return <>{children(asked.value)}</>
  return asked.problem === null ? <Skeleton lines={lines} /> : <ErrorBox problem={asked.problem} retry={asked.again} />
}
