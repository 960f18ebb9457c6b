// The pages of the stream bench, in a process of their own: they follow, look only at the newest time in each frame, and report latencies.
import { io } from 'socket.io-client'
import type { Frame } from '../../daemon/stream/contract.ts'

const [url = '', count = '1', topic = 'overview'] = process.argv.slice(2)
const latencies: number[] = []
let frames = 0
let following = 0

for (let i = 0; i < Number(count); i++) {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
  socket.on('frame', (frame: Frame) => {
    frames++
    // Readings of the bench carry the moment they were handed to the stream.
    const newest = frame.values?.at.at(-1)
    if (!frame.full && newest !== undefined) latencies.push(performance.timeOrigin + performance.now() - newest)
  })
  socket.on('connect', () =>
    socket.emit('follow', topic, null, () => {
      if (++following === Number(count)) process.send?.({ kind: 'ready' })
    }),
  )
}

process.on('message', message => {
  if (message === 'reset') {
    latencies.length = 0
    frames = 0
  } else if (message === 'report') {
    latencies.sort((a, b) => a - b)
    const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
    process.send?.({ kind: 'report', frames, p50: at(0.5), p95: at(0.95), p99: at(0.99) })
  } else process.exit(0)
})
