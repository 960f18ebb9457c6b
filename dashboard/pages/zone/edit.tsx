// One record in a dialog: name, type, TTL and values, each checked as its type wants it; becomes a change with a plan.
import { useState } from 'preact/hooks'
import type { ChangeRow, RecordView } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import { AreaField } from '../../parts/field.tsx'
import { Propose } from '../../parts/hosting/propose.tsx'
import { CheckField, SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dataOf, mistakesOf, nameOf, needsTwo, partsOf, rrsetOf, TYPES, type Typed, ttlOf, type Wrong } from './record.ts'

interface EditProps {
  readonly zone: string
  readonly record: RecordView | null
  readonly onClose: () => void
}

/** Said at the field once something stands in it. */
function said(wrong: Wrong | undefined, typed: string): string | undefined {
  if (wrong === undefined || typed === '') return undefined
  const words = t.value.hosting.zone.wrong
  const text = words[wrong.key]
  return typeof text === 'string' ? text : text(wrong.line ?? 1)
}

export function Edit({ zone, record, onClose }: EditProps) {
  const words = t.value.hosting.zone
  const was = record === null ? null : partsOf(record.name, zone)
  const [typed, type] = useState<Typed>(
    record === null || was === null
      ? { owner: '', type: 'A', ttl: '3600', data: '' }
      : { ...was, ttl: String(ttlOf(record.state) ?? 3600), data: dataOf(record.state).join('\n') },
  )
  const [gone, remove] = useState(false)
  const set = (key: keyof Typed) => (value: string) => type({ ...typed, [key]: value })
  const mistakes = mistakesOf(typed)
  const types = was === null || TYPES.some(one => one === was.type) ? [...TYPES] : [was.type, ...TYPES]
  return (
    <Propose
      title={record === null ? words.newRecord : words.editRecord(record.name)}
      body={needsTwo(typed) ? words.twoPersons : t.value.hosting.form.sendHint}
      act={words.recordAct}
      danger={gone}
      open={!gone && Object.keys(mistakes).length > 0}
      send={reason =>
        api.post<ChangeRow>(`/api/v1/zones/${zone}/records`, {
          changes: [{ name: record?.name ?? nameOf(typed, zone), before: record?.state ?? null, after: gone ? null : rrsetOf(typed) }],
          reason,
        })
      }
      onClose={onClose}
    >
      {record === null ? (
        <div class="recordhead">
          <TextField
            label={words.recordName}
            help={words.recordNameHelp(zone)}
            error={said(mistakes.owner, typed.owner)}
            value={typed.owner}
            onInput={set('owner')}
            maxLength={253}
            autofocus
          />
          <SelectField label={words.type} value={typed.type} options={types.map(key => ({ key, label: key }))} onChange={set('type')} />
        </div>
      ) : null}
      {gone ? null : (
        <>
          <AreaField
            label={words.data}
            help={words.dataHelp[typed.type]}
            error={said(mistakes.data, typed.data)}
            value={typed.data}
            onInput={set('data')}
            rows={3}
          />
          <TextField
            label={words.ttl}
            help={words.ttlHelp}
            error={said(mistakes.ttl, typed.ttl)}
            value={typed.ttl}
            onInput={set('ttl')}
            inputMode="numeric"
            maxLength={6}
          />
        </>
      )}
      {record === null ? null : <CheckField label={words.removeRecord} checked={gone} onChange={remove} />}
    </Propose>
  )
}
