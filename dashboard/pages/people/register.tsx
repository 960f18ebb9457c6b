// One register: search, sort, pages, and a row beside the list to read or change. What is saved changes in place.
import { useEffect, useState } from 'preact/hooks'
import { api } from '../../api.ts'
import { Button, Empty, Icon } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { Edit } from './edit.tsx'
import { ListingPage, useListing, withRow } from './listing.tsx'
import type { Row, Spec } from './specs.tsx'

interface RegisterProps<T extends Row> {
  readonly spec: Spec<T>
  readonly query: URLSearchParams
  /** `new`, a number, or nothing. */
  readonly open: string | null
}

export function Register<T extends Row>({ spec, query, open }: RegisterProps<T>) {
  const { register } = t.value.people
  const listing = useListing<T>(spec.path, query, spec.sort)
  const { list, change } = listing

  const base = `/people/${spec.part}`
  const keep = location.search
  const close = (): void => go(`${base}${keep}`)
  const listed = open === null || open === 'new' ? null : (list?.items.find(row => String(row.id) === open) ?? null)
  const [other, setOther] = useState<T | null>(null)
  const found = listed ?? (other !== null && String(other.id) === open ? other : null)
  // A link to a row that the search or the page leaves out still opens it.
  useEffect(() => {
    if (list === null || listed !== null || open === null || open === 'new') return
    void api.get<T>(`/api/v1/${spec.path}/${encodeURIComponent(open)}`).then(answer => {
      if (answer.ok) setOther(answer.value)
    })
  }, [list === null, listed === null, open])
  const saved = (row: T): void => {
    change(was => (was.items.some(one => one.id === row.id) ? withRow(was, row) : { ...was, items: [row, ...was.items], total: was.total + 1 }))
    close()
  }
  const removed = (id: number): void => {
    change(was => ({ ...was, items: was.items.filter(one => one.id !== id), total: was.total - 1 }))
    close()
  }
  const manage = may('people.manage')
  return (
    <ListingPage
      listing={listing}
      label={register.parts[spec.part]}
      searchLabel={register.search[spec.part]}
      columns={spec.columns}
      none={register.none[spec.part]}
      noneHint={register.noneHint}
      actions={
        manage ? (
          <Button kind="primary" onClick={() => go(`${base}/new${keep}`)}>
            <Icon name="plus" />
            {register.add[spec.part]}
          </Button>
        ) : null
      }
      selected={found?.id ?? null}
      onSelect={row => go(`${base}/${row.id}${keep}`)}
      onClose={close}
      beside={
        open === null
          ? null
          : {
              key: open,
              title: open === 'new' ? register.add[spec.part] : found === null ? register.notFound : spec.nameOf(found),
              children:
                open !== 'new' && found === null ? (
                  <Empty title={register.notFound} />
                ) : (
                  <Edit
                    spec={spec}
                    row={found}
                    readOnly={!manage || (found?.goneAt ?? null) !== null}
                    onSaved={saved}
                    onRemoved={removed}
                    onClose={close}
                  />
                ),
            }
      }
    />
  )
}
