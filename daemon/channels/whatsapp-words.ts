// What the WhatsApp Cloud API tells a webhook (developers.facebook.com/docs/whatsapp/cloud-api/webhooks), as far as it is used here.
import { z } from 'zod'

const Media = z.object({
  id: z.string().regex(/^\d{1,40}$/),
  filename: z.string().optional(),
  caption: z.string().optional(),
  sha256: z.string().optional(),
})
export type WhatsappMedia = z.output<typeof Media>

export const WhatsappMessage = z.object({
  from: z.string().regex(/^\d{5,20}$/),
  id: z.string().min(1).max(300),
  /** Seconds since 1970, as text. */
  timestamp: z.string().regex(/^\d{1,12}$/),
  type: z.string(),
  context: z.object({ id: z.string().optional() }).optional(),
  text: z.object({ body: z.string() }).optional(),
  button: z.object({ text: z.string() }).optional(),
  interactive: z
    .object({ button_reply: z.object({ title: z.string() }).optional(), list_reply: z.object({ title: z.string() }).optional() })
    .optional(),
  location: z.object({ latitude: z.number(), longitude: z.number(), name: z.string().optional(), address: z.string().optional() }).optional(),
  image: Media.optional(),
  document: Media.optional(),
  video: Media.optional(),
  audio: Media.optional(),
  sticker: Media.optional(),
})
export type WhatsappMessage = z.output<typeof WhatsappMessage>

const Status = z.object({
  id: z.string(),
  status: z.string(),
  errors: z.array(z.object({ code: z.number().optional(), title: z.string().optional() })).optional(),
})

/** One delivery may hold several messages; one that cannot be read must not cost the others. */
export const Notification = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({
      changes: z.array(
        z.object({
          value: z.object({
            metadata: z.object({ phone_number_id: z.string() }).optional(),
            contacts: z.array(z.object({ wa_id: z.string(), profile: z.object({ name: z.string().default('') }).optional() })).optional(),
            messages: z.array(z.unknown()).optional(),
            statuses: z.array(z.unknown()).optional(),
          }),
        }),
      ),
    }),
  ),
})
export const StatusWord = Status

/** Taken from a webhook and waiting for work. */
export const WaitingWhatsapp = z.object({ message: WhatsappMessage, name: z.string() })
export type WaitingWhatsapp = z.output<typeof WaitingWhatsapp>

/** What a message says in words. */
export function textOf(message: WhatsappMessage): string {
  const { text, button, interactive, location, image, document, video } = message
  if (text !== undefined) return text.body
  if (button !== undefined) return button.text
  const chosen = interactive?.button_reply?.title ?? interactive?.list_reply?.title
  if (chosen !== undefined) return chosen
  if (location !== undefined) return [location.name, location.address, `${location.latitude}, ${location.longitude}`].filter(Boolean).join('\n')
  return image?.caption ?? document?.caption ?? video?.caption ?? ''
}

export const mediaOf = ({
  image,
  document,
  video,
  audio,
  sticker,
  id,
}: WhatsappMessage): { readonly media: WhatsappMedia; readonly name: string } | null => {
  const short = id.slice(-8).replace(/[^A-Za-z0-9]/g, '')
  if (image !== undefined) return { media: image, name: `image-${short}.jpg` }
  if (document !== undefined) return { media: document, name: document.filename ?? `document-${short}` }
  if (video !== undefined) return { media: video, name: `video-${short}.mp4` }
  if (audio !== undefined) return { media: audio, name: `audio-${short}.ogg` }
  return sticker === undefined ? null : { media: sticker, name: `sticker-${short}.webp` }
}
