// What is agreed to: read in its place, agreed to with one tap, with its version and, once the desk has it, when.
import { isTerms } from '../../../daemon/domain/form-terms.ts'
import { useDerived } from '../../live/derived.ts'
import { t } from '../../words/index.ts'
import { momentText } from '../../words/local-moment.ts'
import { text } from '../../words/say.ts'
import { answerAt } from './answers.ts'
import { type ChoiceProps, One, Together } from './choice.tsx'
import { useForm } from './context.ts'

export function Terms(props: ChoiceProps) {
  const { field, path, label, error } = props
  const desk = useForm()
  const words = t.value.requests.form
  const version = field.version ?? ''
  const answer = useDerived(() => answerAt(desk.answers.value, path), [path]).value
  const agreed = isTerms(answer) && answer.version === version ? answer : null
  const paragraphs = (field.text === undefined ? '' : text(field.text)).split(/\n\s*\n/)
  return (
    <Together {...props} help={agreed === null || agreed.at === '' ? words.version(version) : words.agreedAt(momentText(agreed.at), version)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <section class="termstext" tabIndex={0} aria-label={label}>
        {paragraphs.map(one => (
          <p key={one}>{one}</p>
        ))}
      </section>
      <One
        type="checkbox"
        name={path}
        wrong={error !== undefined}
        checked={agreed !== null}
        label={words.agreeTerms}
        onChange={on => desk.set(path, on ? { version, at: '' } : undefined)}
      />
    </Together>
  )
}
