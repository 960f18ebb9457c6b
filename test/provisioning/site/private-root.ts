// This machine once more, in a mount namespace of its own: what is written there is gone with the command that ran in it.
import { execFile } from 'node:child_process'

export interface Ran {
  readonly code: number
  readonly text: string
}

/** Everything over a tmpfs: the files under it are this machine's, read only. */
const PRELUDE = `set -e
mount -t tmpfs tmpfs /mnt
mkdir /mnt/up /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work /mnt/root
mount --rbind /dev /mnt/root/dev
mount -t proc proc /mnt/root/proc
mount -t tmpfs tmpfs /mnt/root/run
mkdir -p /mnt/root/run/php
cat > /mnt/root/script
exec chroot /mnt/root /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 sh -e /script
`

/** Runs a script there as root; both its outputs together. */
export const inPrivateRoot = (script: string): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      'unshare',
      ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', PRELUDE],
      { timeout: 60_000, maxBuffer: 4_000_000 },
      (error, stdout, stderr) =>
        error !== null && typeof error.code !== 'number'
          ? reject(error)
          : resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
    )
    child.stdin!.end(script)
  })

/** Lines of a script that write a file as it is. */
export const writing = (path: string, text: string): string =>
  `mkdir -p '${path.slice(0, path.lastIndexOf('/') + 1)}'\nbase64 -d > '${path}' <<'END'\n${Buffer.from(text).toString('base64')}\nEND\n`
