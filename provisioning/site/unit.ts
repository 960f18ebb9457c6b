// The systemd unit of a website's own program, which sees its own folder and nothing of its neighbours.
import type { Website } from '../../daemon/domain/website.ts'
import { file, folderOf, heading, parts } from './file.ts'
import { commandOf } from './program.ts'

/** Hardened as far as interpreters with a compiler of their own (JIT) allow. */
export function unitFile({ name, runtime }: Website & { readonly runtime: { readonly kind: 'app' } }): string {
  const folder = folderOf(name)
  return file([
    heading('unit', name),
    ...parts(
      ['[Unit]', `Description=Suar: ${name}`, 'After=network-online.target', 'Wants=network-online.target'],
      [
        '[Service]',
        'Type=simple',
        `User=${name}`,
        `Group=${name}`,
        `WorkingDirectory=${folder}`,
        'Environment=HOST=127.0.0.1',
        `Environment=PORT=${runtime.port}`,
        `Environment=HOME=${folder}/private`,
        `Environment=TMPDIR=${folder}/tmp`,
        `ExecStart=${commandOf(name, runtime, null)}`,
        'Restart=always',
        'RestartSec=5s',
        'UMask=0027',
        `MemoryMax=${runtime.memory}M`,
        'TasksMax=512',
        'TemporaryFileSystem=/srv/suar:ro',
        `BindPaths=${folder}`,
        `ReadWritePaths=${folder}/public ${folder}/private ${folder}/tmp`,
        'InaccessiblePaths=-/etc/suar-host -/var/lib/suar-host',
        'NoNewPrivileges=yes',
        'CapabilityBoundingSet=',
        'AmbientCapabilities=',
        'ProtectSystem=strict',
        'ProtectHome=yes',
        'ProtectProc=invisible',
        'ProtectClock=yes',
        'ProtectHostname=yes',
        'ProtectKernelLogs=yes',
        'ProtectKernelModules=yes',
        'ProtectKernelTunables=yes',
        'ProtectControlGroups=yes',
        'PrivateTmp=yes',
        'PrivateDevices=yes',
        'RemoveIPC=yes',
        'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
        'RestrictNamespaces=yes',
        'RestrictRealtime=yes',
        'RestrictSUIDSGID=yes',
        'LockPersonality=yes',
        'SystemCallArchitectures=native',
        'SystemCallFilter=@system-service',
        'SystemCallErrorNumber=EPERM',
      ],
      ['[Install]', 'WantedBy=multi-user.target'],
    ),
  ])
}
