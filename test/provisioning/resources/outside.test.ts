// Looks that find nothing wrong prove nothing unless they can: a host is broken in every way they are for, and each must see its own.
import assert from 'node:assert/strict'
import type { Change, Proof } from '../../../daemon/domain/change.ts'
import { must } from '../../store/support/must.ts'
import { selfSigned } from '../../support/certificate.ts'
import { canHost } from '../../support/host/start.ts'
import { writing } from '../site/private-root.ts'
import { verified } from './outcome.ts'
import { openStage, type Stage } from './stage.ts'

/** Until those that have the old files are gone. */
const RELOAD = 'old=$(pgrep -P "$(cat /run/nginx.pid)"); nginx -s reload; for p in $old; do while kill -0 $p 2>/dev/null; do sleep 0.02; done; done'
const STOP = 'nginx -s stop; while [ -e /run/nginx.pid ]; do sleep 0.02; done'

describe('a look from outside', function () {
  this.timeout(120_000)
  let stage: Stage
  let made: Change

  before(async function () {
    if (!canHost()) this.skip()
    stage = await openStage(['nginx', 'php'])
    verified(await stage.change(null, stage.website({ name: 'tetangga', domains: ['tetangga.example.go.id'] })))
    made = await stage.change(null, stage.website({ domains: ['dinkes.example.go.id'] }))
    verified(made)
  })
  after(() => stage?.close())

  const again = async (): Promise<Change> => await must(await stage.engine.verify(made.number)).ended
  const wrong = (change: Change): readonly string[] => {
    assert.equal(change.state, 'unproven')
    return 'proofs' in change ? change.proofs.filter(({ ok }: Proof) => !ok).map(({ words }: Proof) => words.en) : []
  }
  /** Breaks it, looks, and mends it again. */
  const seen = async (breaking: string, mending: string): Promise<readonly string[]> => {
    await stage.host.install(`set -e\n${breaking}\n`)
    const found = wrong(await again())
    await stage.host.install(`set -e\n${mending}\n`)
    return found
  }
  const includes = (found: readonly string[], ...said: readonly string[]) => {
    for (const one of said) assert.ok(found.includes(one), `${one}\n— among:\n${found.join('\n')}`)
  }

  it('sees an account that is not shut in', async () => {
    const conf = '/etc/ssh/sshd_config.d/suar.conf'
    const found = await seen(
      `cp ${conf} /run/was; sed -i '/ChrootDirectory .srv/d; /ForceCommand internal-sftp -d .public/d; /AllowTcpForwarding/d; /PermitTTY/d; /DisableForwarding/d; /PermitOpen/d' ${conf}
usermod -s /bin/sh dinkes; kill -HUP "$(cat /run/sshd.pid)"`,
      `cp /run/was ${conf}; usermod -s /usr/sbin/nologin dinkes; kill -HUP "$(cat /run/sshd.pid)"`,
    )
    includes(
      found,
      'SFTP account dinkes: not as planned',
      'A file in public/ cannot be written, read or removed',
      'The account dinkes can leave its folder',
      'The account dinkes can do more than SFTP',
    )
  })

  it('sees an account that nobody gets into', async () => {
    const found = await seen('usermod -e 1 dinkes', "usermod -e '' dinkes")
    includes(found, 'The account dinkes is refused by SFTP', 'A file to try with could not be put there: SFTP refuses')
  })

  it('sees neighbours that can read each other', async () => {
    const found = await seen('chmod 755 /srv/suar/tetangga/private; touch /srv/suar/tetangga/private/rahasia', 'chmod 700 /srv/suar/tetangga/private')
    assert.deepEqual(found, ['The website dinkes is not closed against its neighbours'])
  })

  it('sees links that are followed to what is another’s', async () => {
    const conf = '/etc/nginx/suar.d/dinkes.conf'
    const found = await seen(`cp ${conf} /run/was; sed -i '/disable_symlinks/d' ${conf}; ${RELOAD}`, `cp /run/was ${conf}; ${RELOAD}`)
    assert.deepEqual(found, ['Virtual host (nginx) dinkes: not as planned', 'Links to files of others are followed'])
  })

  it('sees another certificate than ours, which nobody believes', async () => {
    const { certificate, key } = selfSigned('dinkes.example.go.id')
    const place = '/etc/suar-host/tls/dinkes'
    const found = await seen(
      `cp ${place}/fullchain.pem /run/chain; cp ${place}/key.pem /run/key
${writing(`${place}/fullchain.pem`, certificate)}${writing(`${place}/key.pem`, key)}${RELOAD}`,
      `cat /run/chain >${place}/fullchain.pem; cat /run/key >${place}/key.pem; ${RELOAD}`,
    )
    includes(
      found,
      'Certificate dinkes: not as planned',
      'Another certificate is shown for dinkes.example.go.id',
      'https://dinkes.example.go.id/ is not believed by browsers: its certificate is not valid',
    )
  })

  it('sees that HTTP does not lead on, and that another host answers', async () => {
    const conf = '/etc/nginx/suar.d/dinkes.conf'
    const found = await seen(
      `cp ${conf} /run/was; sed -i 's/return 301 .*/return 200 hello;/; s#alias /var/lib/suar-host/acme/#alias /srv/suar/dinkes/log/#' ${conf}; ${RELOAD}`,
      `cp /run/was ${conf}; ${RELOAD}`,
    )
    includes(found, 'http://dinkes.example.go.id/ does not lead on to HTTPS', `Who answers as dinkes.example.go.id is not ${stage.adopted.id}`)
  })

  it('sees a web server that is not there', async () => {
    const found = await seen(`${STOP}`, 'nginx')
    includes(found, 'https://dinkes.example.go.id/ does not answer', 'No certificate is shown for dinkes.example.go.id')
  })

  it('is content again when all is mended', async () => {
    verified(await again())
  })
})
