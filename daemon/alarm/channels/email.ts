// Notices by e-mail. One letter a recipient, so that one bad address spoils no other.
import { z } from 'zod'
import type { Call } from '../../domain/call.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { loginGoesTogether, neverInClear, postLetter, SMTP_SERVER } from '../../smtp.ts'
import type { ChannelEntry, Parcel } from '../channel.ts'
import { bodyOf, safeText, subjectOf } from '../letter.ts'

const Settings = z
  .strictObject({ ...SMTP_SERVER, from: z.string().min(3) })
  .refine(loginGoesTogether.holds, loginGoesTogether.says)
  .refine(neverInClear.holds, neverInClear.says)
type Settings = z.infer<typeof Settings>

const channel: ChannelEntry<Settings> = {
  name: 'email',
  settings: Settings,
  send: ({ id, to, message }: Parcel, { from, ...server }: Settings, { signal }: Call): Promise<Outcome<void>> =>
    postLetter(
      server,
      {
        from,
        // An object, so that a comma in it does not make two recipients.
        to: { name: '', address: to },
        subject: subjectOf(message),
        text: bodyOf(message),
        messageId: `<${id}@suar>`,
        // Everything about one alarm is one thread.
        ...(message.alarm === null ? {} : { references: `<al${message.alarm}@suar>` }),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Suar-Notice': id, 'Idempotency-Key': id },
        date: new Date(message.at),
      },
      { signal, say: safeText },
    ),
}

export default channel
