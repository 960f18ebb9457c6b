// Messages out to bound chats, as plain text.
import { failed } from '../domain/outcome.ts'
import type { Carrier } from './outgoing.ts'
import type { TelegramApi } from './telegram-api.ts'
import type { Templates } from './template.ts'

export const telegramCarrier = (api: Pick<TelegramApi, 'send'>, templates: Templates): Carrier => ({
  name: 'telegram',
  async send({ to, message }, { signal }) {
    if (!/^-?\d{1,20}$/.test(to)) return failed('invalid', 'The recipient is no chat of Telegram.')
    const filled = templates.fill(message.template, message.values, message.language)
    if (!filled.ok) return failed('invalid', filled.failure.message)
    return api.send(to, `${filled.value.subject}\n\n${filled.value.body}`, [], signal)
  },
})
