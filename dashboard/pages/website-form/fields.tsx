// The fields of a website, panel by panel: only those that what was chosen asks for.
import type { ComponentChildren } from 'preact'
import type { WebsiteDraft } from '../../../daemon/domain/hosting-view.ts'
import { AreaField, SelectField, TextField } from '../../parts/field.tsx'
import { Icon, Panel } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { ASKED, type FieldKey, fieldOf, type Mistakes, type Typed, type Wrong } from './form.ts'
import { INTERPRETERS } from './terms.ts'

interface FieldsProps {
  readonly typed: Typed
  readonly draft: WebsiteDraft
  readonly isNew: boolean
  readonly mistakes: Mistakes
  /** Whether a mistake of it is said already: not before somebody typed there or tried to send. */
  readonly shown: (key: FieldKey) => boolean
  readonly refused: Readonly<Record<string, string>>
  /** What the ticket left open. */
  readonly open: WebsiteDraft['open']
  readonly onType: (key: FieldKey, value: string) => void
}

function wrongText(wrong: Wrong): string {
  const words = t.value.hosting.form.wrong
  switch (wrong.key) {
    case 'domain':
    case 'twice':
      return words[wrong.key](wrong.text)
    case 'number':
      return words.number(wrong.least, wrong.most)
    case 'noZone':
      return words.noZone(wrong.line, wrong.text)
    case 'key':
    case 'cron':
    case 'record':
    case 'address':
    case 'opening':
      return words[wrong.key](wrong.line)
    default:
      return words[wrong.key]
  }
}

export function Fields(props: FieldsProps) {
  const { typed, draft, isNew, mistakes, shown, refused, open, onType } = props
  const { form: words, site } = t.value.hosting
  const asked = new Set(ASKED[typed.runtime])
  const common = (key: FieldKey) => {
    const wrong = mistakes[key]
    const left = open.find(({ field }) => fieldOf(field) === key)
    return {
      label: words.fields[key],
      help:
        left === undefined ? (
          words.help[key]
        ) : (
          <span class="openhelp">
            <Icon name="warn" class="warn" /> {left.words[lang.value]}
          </span>
        ),
      error: wrong !== undefined && shown(key) ? wrongText(wrong) : refused[key],
      value: typed[key],
    }
  }
  const text = (key: FieldKey, numeric = false): ComponentChildren => (
    <TextField
      {...common(key)}
      onInput={value => onType(key, value)}
      {...(numeric ? { inputMode: 'numeric' as const, maxLength: 9 } : { maxLength: 300 })}
    />
  )
  const area = (key: FieldKey, rows = 2): ComponentChildren => <AreaField {...common(key)} onInput={value => onType(key, value)} rows={rows} />
  const pick = (key: FieldKey, options: readonly (readonly [string, string])[]): ComponentChildren => (
    <SelectField {...common(key)} options={options.map(([one, label]) => ({ key: one, label }))} onChange={value => onType(key, value)} />
  )
  const entries = (of: Readonly<Record<string, string>>): readonly (readonly [string, string])[] => Object.entries(of)
  const versions = draft.hosts.find(({ id }) => id === typed.host)?.php ?? []
  const known = draft.hosts.some(({ id }) => id === typed.host)
  return (
    <>
      <Panel title={words.basics} padded>
        <div class="formgrid">
          {isNew ? text('name') : null}
          {isNew
            ? pick('host', [
                ...(known ? [] : ([[typed.host, typed.host === '' ? '–' : typed.host]] as const)),
                ...draft.hosts.map(({ id, name }) => [id, name] as const),
              ])
            : null}
          {text('quota', true)}
          {pick('certificate', entries(site.sources))}
        </div>
      </Panel>
      <Panel title={words.address} padded>
        <div class="formgrid">
          {area('domains')}
          {area('records')}
          {area('addresses', 1)}
        </div>
      </Panel>
      <Panel title={words.running} padded>
        <div class="formgrid">
          {pick('runtime', entries(words.runtimes))}
          {pick('server', [
            ['nginx', 'nginx'],
            ['apache', 'Apache'],
          ])}
          {asked.has('version') ? (versions.length === 0 ? text('version') : pick('version', withNone(versions, typed.version))) : null}
          {asked.has('children') ? text('children', true) : null}
          {asked.has('interpreter')
            ? pick(
                'interpreter',
                INTERPRETERS.filter(one => one === 'node' || one === 'python3').map(one => [one, one]),
              )
            : null}
          {asked.has('file') ? text('file') : null}
          {asked.has('arguments') ? text('arguments') : null}
          {asked.has('port') ? text('port', true) : null}
          {asked.has('memory') ? text('memory', true) : null}
          {asked.has('upload') ? text('upload', true) : null}
        </div>
      </Panel>
      <Panel title={words.storage} padded>
        <div class="formgrid">
          {pick('database', entries(words.databases))}
          {typed.database === 'none' ? null : text('size', true)}
          {typed.database === 'none' ? null : text('connections', true)}
        </div>
      </Panel>
      <Panel title={words.access} padded>
        {area('keys', 3)}
      </Panel>
      <Panel title={words.extra} padded>
        <div class="formgrid">
          {pick('backup', entries(words.backups))}
          {typed.backup === 'none' ? null : text('backupDays', true)}
          {area('cron')}
          {area('openings')}
        </div>
      </Panel>
    </>
  )
}

/** The versions there are, and first what stands there where it is none of them. */
const withNone = (versions: readonly string[], is: string): readonly (readonly [string, string])[] => [
  ...(versions.includes(is) ? [] : ([[is, is === '' ? '–' : is]] as const)),
  ...versions.map(one => [one, one] as const),
]
