// The Telegram Bot API as far as it is used here (core.telegram.org/bots/api): what comes in is read once, and the token never leaves.
import { z } from 'zod'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { type Answer, ask, jsonOf } from './ask.ts'
import { safeText } from './safe.ts'
import type { TelegramSettings } from './settings.ts'

const File = z.object({ file_id: z.string(), file_name: z.string().optional(), file_size: z.number().optional() })

const Message = z.object({
  message_id: z.number(),
  date: z.number(),
  chat: z.object({ id: z.number(), type: z.string() }),
  from: z.object({ first_name: z.string().default(''), last_name: z.string().optional(), language_code: z.string().optional() }).optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  document: File.optional(),
  photo: z.array(File).optional(),
  video: File.optional(),
  audio: File.optional(),
  voice: File.optional(),
})
export type TelegramMessage = z.output<typeof Message>

export const Update = z.object({
  update_id: z.number(),
  message: Message.optional(),
  callback_query: z.object({ id: z.string(), data: z.string().optional(), message: Message.optional() }).optional(),
})
export type Update = z.output<typeof Update>
export { Message as TelegramMessageShape }

const Envelope = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  description: z.string().optional(),
  error_code: z.number().optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
})

export interface Button {
  readonly text: string
  /** At most 64 octets. */
  readonly data: string
}

/** The server lets a bot fetch files up to 20 MB. */
export const MOST_FILE = 20 * 1_048_576
const MOST_JSON = 4 * 1_048_576
/** Milliseconds. */
const TIMEOUT = 20_000
const FILE_TIMEOUT = 120_000
/** Seconds a question for news stays open. */
const LONG = 50

export function telegramApi({ token, api }: Pick<TelegramSettings, 'token' | 'api'>) {
  const secrets = [token]

  async function call(method: string, body: object, signal: AbortSignal, timeout = TIMEOUT): Promise<Outcome<unknown>> {
    const answer = await ask(
      'Telegram',
      `${api}/bot${token}/${method}`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      { signal, secrets, timeout, most: MOST_JSON },
    )
    return answer.ok ? understood(answer.value) : answer
  }

  function understood(answer: Answer): Outcome<unknown> {
    const json = jsonOf('Telegram', answer)
    if (!json.ok) return answer.status >= 500 ? failed('busy', `Telegram: status ${answer.status}`) : json
    const parsed = Envelope.safeParse(json.value)
    if (!parsed.success) return failed('garbage', 'Telegram: the answer is not of the Bot API')
    const { ok, result, error_code = answer.status, description = '' } = parsed.data
    if (ok) return done(result)
    const why = `Telegram: ${error_code} ${safeText(description, secrets)}`
    if (error_code === 401 || error_code === 404) return failed('wrongCredential', `${why} (is the token right?)`)
    if (error_code === 409) return failed('conflict', `${why} (another program reads this bot, or a webhook is set)`, true)
    if (error_code === 429 || error_code >= 500) return failed('busy', why)
    return failed('invalid', why)
  }

  return {
    /** News from `offset` on; waits up to 50 s for some. What cannot be read is passed over by its number. */
    async updates(offset: number, signal: AbortSignal): Promise<Outcome<readonly (Update | { readonly update_id: number })[]>> {
      const body = { offset, timeout: LONG, allowed_updates: ['message', 'callback_query'] }
      const got = await call('getUpdates', body, signal, (LONG + 15) * 1_000)
      if (!got.ok) return got
      const list = z.array(z.looseObject({ update_id: z.number() })).safeParse(got.value)
      if (!list.success) return failed('garbage', 'Telegram: its news cannot be read')
      return done(list.data.map(one => Update.safeParse(one).data ?? { update_id: one.update_id }))
    },

    /** Plain text, so that nothing of it is markup. */
    async send(
      chat: string,
      text: string,
      buttons: readonly (readonly Button[])[],
      signal: AbortSignal,
    ): Promise<Outcome<{ readonly remoteId: string | null }>> {
      const keyboard = { inline_keyboard: buttons.map(row => row.map(({ text: label, data }) => ({ text: label, callback_data: data }))) }
      const sent = await call(
        'sendMessage',
        // A message may have 4,096 signs.
        {
          chat_id: chat,
          text: text.slice(0, 4_000),
          link_preview_options: { is_disabled: true },
          ...(buttons.length === 0 ? {} : { reply_markup: keyboard }),
        },
        signal,
      )
      if (!sent.ok) return sent
      const id = z.object({ message_id: z.number() }).safeParse(sent.value)
      return done({ remoteId: id.success ? `${chat}:${id.data.message_id}` : null })
    },

    /** Takes the waiting sign off a pressed button, and the buttons off their message. */
    async pressed(query: string, message: { readonly chat: string; readonly id: number } | null, signal: AbortSignal): Promise<void> {
      await call('answerCallbackQuery', { callback_query_id: query }, signal)
      if (message !== null)
        await call('editMessageReplyMarkup', { chat_id: message.chat, message_id: message.id, reply_markup: { inline_keyboard: [] } }, signal)
    },

    /** `tooBig`: more than 20 MB. */
    async file(id: string, signal: AbortSignal): Promise<Outcome<Buffer>> {
      const about = await call('getFile', { file_id: id }, signal)
      // Telegram answers 400 `file is too big`.
      if (!about.ok) return /too big/.test(about.failure.message) ? failed('tooBig', about.failure.message) : about
      const path = z.object({ file_path: z.string().regex(/^[\w./-]+$/) }).safeParse(about.value)
      if (!path.success || path.data.file_path.includes('..')) return failed('garbage', 'Telegram: the place of a file cannot be read')
      const got = await ask(
        'Telegram',
        `${api}/file/bot${token}/${path.data.file_path}`,
        {},
        { signal, secrets, timeout: FILE_TIMEOUT, most: MOST_FILE },
      )
      if (!got.ok) return got
      if (got.value.status !== 200) return failed(got.value.status >= 500 ? 'busy' : 'notFound', `Telegram: status ${got.value.status} for a file`)
      return done(got.value.body)
    },
  }
}
export type TelegramApi = ReturnType<typeof telegramApi>

/** Files of a message: of a photo its biggest size. */
export function filesOf({
  document,
  photo,
  video,
  audio,
  voice,
  message_id: id,
}: TelegramMessage): readonly { readonly id: string; readonly name: string; readonly size: number }[] {
  const biggest = photo?.at(-1)
  return [
    document === undefined ? null : { file: document, name: document.file_name ?? `document-${id}` },
    biggest === undefined ? null : { file: biggest, name: `photo-${id}.jpg` },
    video === undefined ? null : { file: video, name: video.file_name ?? `video-${id}.mp4` },
    audio === undefined ? null : { file: audio, name: audio.file_name ?? `audio-${id}` },
    voice === undefined ? null : { file: voice, name: `voice-${id}.ogg` },
  ]
    .filter(one => one !== null)
    .map(({ file, name }) => ({ id: file.file_id, name, size: file.file_size ?? 0 }))
}
