// Asks a device out of turn, from anywhere. Its values come by the live stream; whether it answered is said at once.
import { whyText } from '../../daemon/domain/words/why-words.ts'
import type { PollAnswer } from '../../daemon/http/contract.ts'
import type { DeviceView } from '../../daemon/stream/contract.ts'
import { api } from '../api.ts'
import { lang, t } from '../words/index.ts'
import { toast } from './overlay.tsx'

export async function askDevice({ id, name }: Pick<DeviceView, 'id' | 'name'>): Promise<void> {
  const answer = await api.post<PollAnswer>(`/api/v1/devices/${encodeURIComponent(id)}/poll`)
  const words = t.peek().pages.device
  if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
  const { status, why } = answer.value
  if (why === null) toast('done', words.polled(name), words.asked)
  else toast(status === 'partial' ? 'done' : 'failed', (status === 'partial' ? words.polled : words.notPolled)(name), whyText(why, lang.peek()))
}
