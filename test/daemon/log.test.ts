// The log as it is written: what went wrong is in it, and no secret is.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'

/** What one line of the log holds after `code` was run with `log`. */
function logged(code: string): Record<string, unknown> {
  const file = new URL('../../daemon/log.ts', import.meta.url).href
  const script = `import { openLog } from ${JSON.stringify(file)}; const log = openLog('debug'); ${code}`
  const ran = spawnSync(process.execPath, ['--input-type=module-typescript', '--no-warnings', '-e', script], { encoding: 'utf8' })
  return JSON.parse(ran.stderr) as Record<string, unknown>
}

describe('the log', () => {
  it('tells an error by its words and place', () => {
    const { error } = logged("log.error({ error: new TypeError('the disk is gone') }, 'not stored')") as { error: Record<string, string> }
    assert.deepEqual([error['type'], error['message']], ['TypeError', 'the disk is gone'])
    assert.match(error['stack'] ?? '', /at /)
  })

  it('keeps secrets to itself, wherever they stand', () => {
    const line = JSON.stringify(
      logged("log.info({ device: { access: { community: 'hidden', auth: { password: 'hidden' } } }, token: 'hidden' }, 'adopted')"),
    )
    assert.doesNotMatch(line, /hidden/)
  })
})
