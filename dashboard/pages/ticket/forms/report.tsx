// The report of the work, with what should be done so that it does not happen again.
import { useState } from 'preact/hooks'
import { t } from '../../../words/index.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { TextArea } from './text-area.tsx'

export function ReportForm(props: FormProps) {
  const { form: words, act: labels } = t.value.tickets
  const text = useKeptText(props.view.number, 'report')
  const advice = useKeptText(props.view.number, 'recommendation')
  const [tried, setTried] = useState(false)
  const missing = text.text.trim().length < 3
  return (
    <ActionForm
      {...props}
      label={labels.report}
      clear={() => {
        text.clear()
        advice.clear()
      }}
      read={() => {
        setTried(true)
        return missing ? null : { kind: 'report', text: text.text.trim(), recommendation: advice.text.trim() }
      }}
    >
      <TextArea
        label={words.report}
        help={words.reportHint}
        value={text.text}
        onInput={text.set}
        rows={6}
        error={tried && missing ? words.missing : undefined}
        templates
      />
      <TextArea label={words.recommendation} help={words.recommendationHint} value={advice.text} onInput={advice.set} optional />
    </ActionForm>
  )
}
