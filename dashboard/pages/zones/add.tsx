// Making a zone known: its servers and the key that may update it, which is kept sealed.
import { useState } from 'preact/hooks'
import type { ZoneAdded, ZoneView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import { AreaField, PasswordField } from '../../parts/field.tsx'
import { Button, Dialog, ErrorBox, Segmented, SelectField, TextField } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { t } from '../../words/index.ts'

const ALGORITHMS = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const

const START = {
  kind: 'bind' as ZoneView['kind'],
  name: '',
  servers: '',
  key: '',
  algorithm: 'hmac-sha256' as (typeof ALGORITHMS)[number],
  secret: '',
  url: '',
  make: 'no' as 'no' | 'yes',
  host: '',
  nameservers: '',
  mail: '',
}

const linesOf = (text: string): readonly string[] => text.split('\n').map(line => line.trim()).filter(line => line !== '') // biome-ignore format: one thought

/** A name server, and its address where it stands in the zone itself: `ns1.example.go.id 10.0.0.53`. */
const partsOf = (line: string): readonly string[] => line.split(/\s+/)

function createOf({ kind, make, host, nameservers, mail }: typeof START): object {
  if (make === 'no') return {}
  const lines = linesOf(nameservers).map(partsOf)
  const names = lines.map(([name = '']) => name)
  if (kind === 'powerdns') return { create: { nameservers: names } }
  const glue = lines.flatMap(([server, address]) => (address === undefined ? [] : [{ server, address }]))
  return { create: { host, nameservers: names, mail: mail.trim().replace('@', '.'), glue } }
}

const bodyOf = ({ kind, name, servers, key, algorithm, secret, url, ...more }: typeof START): object => ({
  ...createOf({ kind, name, servers, key, algorithm, secret, url, ...more }),
  kind,
  name: name.trim(),
  servers: linesOf(servers),
  ...(kind === 'bind' ? { key: { name: key.trim(), algorithm, secret: secret.trim() } } : { url: url.trim(), apiKey: secret.trim() }),
})

export function AddZone({ onClose }: { readonly onClose: () => void }) {
  const words = t.value.hosting.zone
  const [given, give] = useState(START)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const set =
    <K extends keyof typeof START>(key: K) =>
    (value: (typeof START)[K]) =>
      give({ ...given, [key]: value })
  const wrong = (field: string): string | undefined => problem?.errors?.find(one => one.field === field || one.field.startsWith(`${field}.`))?.reason
  const bind = given.kind === 'bind'
  const hosts = [...(useRows('hosts').rows.value?.values() ?? [])].filter(({ state }) => state === 'ready')
  const making = given.make === 'yes'
  const made = !making || (linesOf(given.nameservers).length > 0 && (!bind || (given.host !== '' && given.mail.trim() !== '')))
  const full =
    made && given.name.trim() !== '' && linesOf(given.servers).length > 0 && given.secret !== '' && (bind ? given.key : given.url).trim() !== ''
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy || !full) return
    setBusy(true)
    const answer = await api.post<ZoneAdded>('/api/v1/zones', bodyOf(given))
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    onClose()
    go(answer.value.change === null ? `/zones/${answer.value.name}` : `/changes/${answer.value.change}`)
  }
  return (
    <Dialog title={words.addTitle} onClose={onClose}>
      <form onSubmit={event => void press(event)}>
        <h2>{words.addTitle}</h2>
        <div class="body">
          <Segmented
            label={words.kind}
            chosen={given.kind}
            onChoose={set('kind')}
            choices={(['bind', 'powerdns'] as const).map(key => ({ key, label: words.kinds[key] }))}
          />
          <TextField
            label={words.name}
            help={words.nameHelp}
            error={wrong('name')}
            value={given.name}
            onInput={set('name')}
            maxLength={253}
            autofocus
          />
          <AreaField
            label={words.servers}
            help={words.serversHelp}
            error={wrong('servers')}
            value={given.servers}
            onInput={set('servers')}
            rows={2}
          />
          {bind ? (
            <>
              <TextField label={words.keyName} error={wrong('key.name')} value={given.key} onInput={set('key')} maxLength={253} />
              <SelectField
                label={words.algorithm}
                value={given.algorithm}
                options={ALGORITHMS.map(key => ({ key, label: key }))}
                onChange={set('algorithm')}
              />
            </>
          ) : (
            <TextField label={words.url} error={wrong('url')} value={given.url} onInput={set('url')} maxLength={300} />
          )}
          <PasswordField
            label={bind ? words.secret : words.apiKey}
            help={words.secretHelp}
            error={wrong(bind ? 'key.secret' : 'apiKey')}
            autocomplete="new-password"
            value={given.secret}
            onInput={set('secret')}
          />
          <Segmented
            label={words.make}
            chosen={given.make}
            onChoose={set('make')}
            choices={(['no', 'yes'] as const).map(key => ({ key, label: words.makes[key] }))}
          />
          {making ? (
            <>
              {bind ? (
                <>
                  <SelectField
                    label={words.makeHost}
                    value={given.host}
                    options={[{ key: '', label: words.chooseHost }, ...hosts.map(({ id, name }) => ({ key: id, label: `${name} (${id})` }))]}
                    onChange={set('host')}
                  />
                  <TextField
                    label={words.mail}
                    help={words.mailHelp}
                    error={wrong('create.mail')}
                    value={given.mail}
                    onInput={set('mail')}
                    maxLength={253}
                  />
                </>
              ) : null}
              <AreaField
                label={words.nameservers}
                help={bind ? words.nameserversHelp : words.nameserversPlainHelp}
                error={wrong('create.nameservers') ?? wrong('create.glue')}
                value={given.nameservers}
                onInput={set('nameservers')}
                rows={2}
              />
            </>
          ) : null}
          {problem === null || problem.errors !== undefined ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || !full}>
            {words.addAct}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
