// Letters out: the template filled, composed under its ticket, handed to the mail server.
import { done, failed } from '../domain/outcome.ts'
import { postLetter } from '../smtp.ts'
import { compose, type Sender } from './compose.ts'
import type { Carrier } from './outgoing.ts'
import { safeText } from './safe.ts'
import type { SmtpSettings } from './settings.ts'
import type { Templates } from './template.ts'

export function smtpCarrier(settings: SmtpSettings, sender: Sender, templates: Templates): Carrier {
  return {
    name: 'email',
    async send(dispatch, { signal }) {
      const filled = templates.fill(dispatch.message.template, dispatch.message.values, dispatch.message.language)
      if (!filled.ok) return failed('invalid', filled.failure.message)
      const composed = compose(dispatch, filled.value, sender)
      if (!composed.ok) return composed
      const { headers, references, ...letter } = composed.value
      const sent = await postLetter(
        settings,
        { ...letter, headers, references: [...references], date: new Date(dispatch.createdAt) },
        { signal, say: safeText },
      )
      return sent.ok ? done({ remoteId: letter.messageId }) : sent
    },
  }
}
