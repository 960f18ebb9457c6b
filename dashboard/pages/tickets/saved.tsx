// Views of the list kept under a name: the address as it stands, for this viewer.
import { useEffect, useState } from 'preact/hooks'
import type { SavedView } from '../../../daemon/domain/ticket-record.ts'
import { api } from '../../api.ts'
import { TextField } from '../../parts/field.tsx'
import { Icon, toast } from '../../parts/index.ts'
import { where } from '../../router.ts'
import { t } from '../../words/index.ts'

export function SavedViews() {
  const { saved: words } = t.value.tickets.inbox
  const [views, setViews] = useState<readonly SavedView[]>([])
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly SavedView[] }>('/api/v1/views').then(answer => {
      if (!gone && answer.ok) setViews(answer.value.items)
    })
    return () => {
      gone = true
    }
  }, [])
  const save = async (): Promise<void> => {
    setTried(true)
    if (name.trim() === '') return
    const query = new URLSearchParams(where.peek().query)
    query.delete('page')
    const answer = await api.post<SavedView>('/api/v1/views', { name: name.trim(), query: query.toString() })
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    setViews([...views.filter(one => one.id !== answer.value.id), answer.value])
    setName('')
    setTried(false)
    toast('done', words.done, answer.value.name)
  }
  const remove = async (view: SavedView): Promise<void> => {
    const answer = await api.delete(`/api/v1/views/${view.id}`)
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    setViews(views.filter(one => one.id !== view.id))
  }
  return (
    <details class="savedviews">
      <summary class="btn">
        {words.title}
        {views.length === 0 ? null : <span class="dim">{views.length}</span>}
        <Icon name="down" />
      </summary>
      <div class="menu">
        {views.length === 0 ? null : (
          <ul>
            {views.map(view => (
              <li key={view.id} class="row between">
                <a class="quiet grow" href={`/tickets?${view.query}`}>
                  {view.name}
                </a>
                <button type="button" class="iconbtn" aria-label={words.remove(view.name)} onClick={() => void remove(view)}>
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <form
          noValidate
          onSubmit={event => {
            event.preventDefault()
            void save()
          }}
        >
          <TextField
            label={words.name}
            value={name}
            onInput={setName}
            maxLength={60}
            error={tried && name.trim() === '' ? words.missing : undefined}
          />
          <button type="submit" class="btn">
            {words.save.replace('…', '')}
          </button>
        </form>
      </div>
    </details>
  )
}
