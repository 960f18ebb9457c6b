// A very small disk of its own, to be filled to the last byte: a tmpfs, which only root may mount.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from './folder.ts'

export interface Disk {
  readonly folder: string
  fill(): void
  free(): void
  resize(megabytes: number): void
}

/** Null where mounting is not allowed (not root, or a container without that right). Unmounted by `using`. */
export function tinyDisk(megabytes: number): (Disk & Disposable) | null {
  const folder = join(tempFolder(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      for (let size = 2 ** 20; size >= 4096; size /= 2)
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
        } catch (error) {
          assert.equal(error instanceof Error && 'code' in error && error.code, 'ENOSPC')
        }
    },
    free: () => rmSync(ballast),
    resize: to => {
      execFileSync('mount', ['-o', `remount,size=${to}m`, folder])
    },
    [Symbol.dispose]: () => {
      execFileSync('umount', [folder])
    },
  }
}
