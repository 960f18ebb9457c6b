// The requester's turn after a return: what was asked, what is still missing, the way to the form and to uploads, and sending it again.
import { Icon } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { Attach } from '../attach.tsx'
import { ActionForm, type FormProps } from './frame.tsx'
import { CheckList } from './verify.tsx'

export function AnswerForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  const { view } = props
  const asked = view.events.findLast(event => event.kind === 'returned')
  return (
    <ActionForm {...props} label={act.resubmit} read={() => ({ kind: 'resubmit' })}>
      {asked?.kind === 'returned' ? <blockquote class="asked">{asked.reason}</blockquote> : null}
      <p class="small mid">{words.answerHint}</p>
      <CheckList view={view} who="requester" />
      <a class="btn" href={`/requests/draft/${encodeURIComponent(view.number)}`}>
        <Icon name="requests" />
        {words.answerForm}
      </a>
      <Attach view={view} />
    </ActionForm>
  )
}
