// What the bot says, in both languages.
import type { Lang } from '../domain/words/lang.ts'

export interface ChatWords {
  readonly stranger: string
  readonly bound: string
  readonly badCode: string
  readonly help: string
  readonly ask: (waiting: number) => string
  readonly fresh: string
  readonly note: (ticket: string) => string
  readonly created: (ticket: string) => string
  readonly noted: (ticket: string) => string
  readonly refused: (why: string) => string
  readonly gone: string
  readonly noTickets: string
  readonly notYours: string
  readonly leftOut: (names: string) => string
}

export const CHAT_WORDS: Readonly<Record<Lang, ChatWords>> = {
  id: {
    stranger: 'Percakapan ini belum terhubung dengan akun layanan. Masuk ke portal, buka profil Anda, lalu pilih "Hubungkan Telegram".',
    bound: 'Terhubung. Tulis permohonan Anda di sini, atau kirim /status untuk melihat permohonan yang berjalan.',
    badCode: 'Kode ini tidak atau tidak lagi berlaku. Ambil kode baru dari profil Anda di portal.',
    help: 'Tulis pesan (berkas boleh dilampirkan) untuk permohonan baru atau catatan.\n/status – permohonan yang berjalan\n/status T-2026-0001 – satu permohonan\nPersetujuan dan tanda tangan hanya di portal.',
    ask: waiting => (waiting > 1 ? `${waiting} pesan menunggu. Untuk apa?` : 'Pesan ini untuk apa?'),
    fresh: 'Permohonan baru',
    note: ticket => `Catatan pada ${ticket}`,
    created: ticket => `Diterima sebagai ${ticket}. Lengkapi di portal bila diminta.`,
    noted: ticket => `Dicatat pada ${ticket}.`,
    refused: why => `Tidak dapat diterima: ${why}`,
    gone: 'Tidak ada pesan yang menunggu.',
    noTickets: 'Tidak ada permohonan yang berjalan.',
    notYours: 'Tidak ada permohonan Anda dengan nomor itu.',
    leftOut: names => `Tidak disertakan karena terlalu besar (batas 20 MB): ${names}. Unggah di portal.`,
  },
  en: {
    stranger: 'This chat is not linked to an account yet. Sign in to the portal, open your profile and choose "Link Telegram".',
    bound: 'Linked. Write your request here, or send /status to see what is under way.',
    badCode: 'This code is not, or no longer, valid. Take a new one from your profile in the portal.',
    help: 'Write a message (files welcome) for a new request or a note.\n/status – what is under way\n/status T-2026-0001 – one request\nApprovals and signatures only in the portal.',
    ask: waiting => (waiting > 1 ? `${waiting} messages are waiting. What for?` : 'What is this message for?'),
    fresh: 'New request',
    note: ticket => `Note on ${ticket}`,
    created: ticket => `Received as ${ticket}. Complete it in the portal when asked.`,
    noted: ticket => `Noted on ${ticket}.`,
    refused: why => `It cannot be taken: ${why}`,
    gone: 'No message is waiting.',
    noTickets: 'Nothing is under way.',
    notYours: 'You have no request of that number.',
    leftOut: names => `Left out because it is too big (20 MB at most): ${names}. Upload it in the portal.`,
  },
}
