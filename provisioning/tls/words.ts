// Sentences about certificates, for people.
import type { Words } from '../../daemon/domain/form.ts'
import type { Warning } from './renewal.ts'

const both = (id: string, en: string): Words => ({ id, en })
const day = (instant: number) => new Date(instant).toISOString().slice(0, 10)

/** Of what was handed in. */
export const UPLOAD = {
  empty: both(
    'Berkas ini tidak memuat sertifikat. Unggah berkas PEM yang diawali -----BEGIN CERTIFICATE-----.',
    'There is no certificate in this file. Hand in a PEM file that begins with -----BEGIN CERTIFICATE-----.',
  ),
  tooBig: both('Berkas ini terlalu besar untuk sebuah sertifikat: paling besar 128 KiB.', 'This file is too big for a certificate: 128 KiB at most.'),
  tooMany: both(
    'Berkas ini memuat lebih dari 20 sertifikat. Unggah hanya sertifikat situs dan sertifikat perantaranya.',
    'There are more than 20 certificates in this file. Hand in only the one of the website and those between it and its root.',
  ),
  binary: both(
    'Ini berkas biner (DER, PFX, atau PKCS#12), bukan PEM. Ubah dahulu: openssl pkcs12 -in berkas.pfx -nodes -out berkas.pem',
    'This is a binary file (DER, PFX or PKCS#12), not PEM. Convert it first: openssl pkcs12 -in file.pfx -nodes -out file.pem',
  ),
  pkcs7: both(
    'Ini berkas PKCS#7. Ubah dahulu: openssl pkcs7 -in berkas.p7b -print_certs -out berkas.pem',
    'This is a PKCS#7 file. Convert it first: openssl pkcs7 -in file.p7b -print_certs -out file.pem',
  ),
  request: both(
    'Ini permintaan sertifikat (CSR), bukan sertifikat. Unggah berkas yang diterbitkan oleh otoritas sertifikat.',
    'This is a certificate request (CSR), not a certificate. Hand in what the authority issued for it.',
  ),
  broken: (no: number) =>
    both(
      `Sertifikat ke-${no} dalam berkas ini rusak. Salin ulang berkas dari otoritas sertifikat.`,
      `Certificate ${no} in this file is broken. Copy the file from the authority again.`,
    ),
  noKey: both(
    'Berkas ini tidak memuat kunci privat. Unggah berkas yang diawali -----BEGIN PRIVATE KEY-----.',
    'There is no private key in this file. Hand in one that begins with -----BEGIN PRIVATE KEY-----.',
  ),
  twoKeys: both(
    'Berkas ini memuat lebih dari satu kunci privat. Unggah hanya kunci sertifikat ini.',
    'There is more than one private key in this file. Hand in only the one of this certificate.',
  ),
  publicKey: both(
    'Ini kunci publik. Yang diperlukan adalah kunci privat sertifikat ini.',
    'This is a public key. What is needed is the private key of this certificate.',
  ),
  encrypted: both(
    'Kunci privat ini dilindungi kata sandi, sehingga server web tidak dapat memakainya. Buka dahulu: openssl pkey -in kunci.pem -out kunci-terbuka.pem',
    'This private key is locked by a passphrase, so that a web server cannot use it. Unlock it first: openssl pkey -in key.pem -out key-open.pem',
  ),
  brokenKey: both(
    'Kunci privat ini rusak. Salin ulang berkasnya, dari baris BEGIN sampai baris END.',
    'This private key is broken. Copy the file again, from its BEGIN line to its END line.',
  ),
  unfit: both(
    'Kunci privat ini bukan milik satu pun sertifikat dalam berkas. Unggah kunci yang dibuat bersama permintaan sertifikatnya (CSR).',
    'This private key belongs to none of the certificates in the file. Hand in the key that was made together with its request (CSR).',
  ),
  weakKey: (what: string) =>
    both(
      `Kunci ${what} tidak diterima peramban. Buat kunci baru: RSA mulai 2048 bit, atau ECDSA P-256 atau P-384.`,
      `Browsers do not take a key of ${what}. Make a new one: RSA of 2048 bits or more, or ECDSA P-256 or P-384.`,
    ),
  weakDigest: (subject: string, digest: string) =>
    both(
      `Sertifikat ${subject} ditandatangani dengan ${digest}, yang tidak lagi dipercaya. Minta sertifikat baru dengan SHA-256.`,
      `The certificate of ${subject} is signed with ${digest}, which is no longer believed. Ask for a new one with SHA-256.`,
    ),
  authority: both(
    'Ini sertifikat otoritas (CA), bukan sertifikat situs. Unggah sertifikat yang diterbitkan untuk situs ini.',
    'This is the certificate of an authority (CA), not of a website. Hand in the one that was issued for this website.',
  ),
  purpose: both(
    'Sertifikat ini tidak diterbitkan untuk server web (serverAuth). Minta sertifikat TLS server.',
    'This certificate was not issued for a web server (serverAuth). Ask for a TLS server certificate.',
  ),
  expired: (subject: string, at: number) =>
    both(
      `Sertifikat ${subject} berakhir pada ${day(at)}. Unggah sertifikat yang masih berlaku.`,
      `The certificate of ${subject} ended on ${day(at)}. Hand in one that is valid.`,
    ),
  future: (subject: string, at: number) =>
    both(
      `Sertifikat ${subject} baru berlaku mulai ${day(at)}. Unggah lagi pada tanggal itu.`,
      `The certificate of ${subject} is valid only from ${day(at)} on. Hand it in again then.`,
    ),
  nameless: both(
    'Sertifikat ini tidak memuat nama dalam Subject Alternative Name; peramban tidak lagi membaca Common Name. Minta sertifikat baru dengan SAN.',
    'This certificate has no Subject Alternative Name, and browsers no longer read the Common Name. Ask for a new one with SAN.',
  ),
  uncovered: (missing: readonly string[], names: readonly string[]) =>
    both(
      `Sertifikat ini tidak berlaku untuk ${missing.join(', ')}; hanya untuk ${names.join(', ')}.`,
      `This certificate is not for ${missing.join(', ')}, only for ${names.join(', ')}.`,
    ),
  incomplete: (issuer: string, url: string | null) =>
    both(
      `Sertifikat ${issuer}, yang menerbitkan sertifikat ini, tidak disertakan. Tambahkan ke berkas ini${url === null ? ' (tersedia di otoritas sertifikat sebagai berkas rantai atau CA bundle)' : `; ada di ${url}`}.`,
      `The certificate of ${issuer}, which issued this one, is missing. Add it to this file${url === null ? ' (the authority has it as its chain file or CA bundle)' : `; it is at ${url}`}.`,
    ),
  unknownRoot: (root: string) =>
    both(
      `Akar ${root} tidak dikenal peramban. Bila instansi memang mempercayainya, administrator menambahkannya pada provisioning.roots.`,
      `Browsers do not know the root ${root}. If the agency trusts it, an administrator adds it to provisioning.roots.`,
    ),
  selfSigned: both(
    'Sertifikat ini ditandatangani sendiri, sehingga tidak ada peramban yang mempercayainya. Pakai sertifikat otomatis (ACME), atau CA instansi.',
    'This certificate is signed by itself: no browser believes it. Use an automatic one (ACME), or the CA of the agency.',
  ),
} as const

/** What is missing for a certificate of this kind. */
export const NONE = {
  acme: both(
    'Sertifikat otomatis belum disiapkan. Administrator mengisi provisioning.acme, atau situs ini memakai sertifikat unggahan.',
    'Automatic certificates are not set up. An administrator fills in provisioning.acme, or this website uses one that is handed in.',
  ),
  own: both(
    'CA instansi belum disiapkan. Administrator mengisi provisioning.own dengan berkas sertifikat dan kuncinya.',
    'The CA of the agency is not set up. An administrator gives provisioning.own the files of its certificate and key.',
  ),
  upload: both(
    'Belum ada sertifikat yang diunggah untuk situs ini. Unggah sertifikat beserta kunci privatnya.',
    'No certificate was handed in for this website. Hand in one with its private key.',
  ),
} as const

export function warningWords(website: string, warning: Warning, notAfter: number, why: Words | null): Words {
  if (warning.kind === 'ended')
    return both(
      `Sertifikat ${website} berakhir pada ${day(notAfter)}: peramban menolak situs ini.${why === null ? '' : ` ${why.id}`}`,
      `The certificate of ${website} ended on ${day(notAfter)}: browsers refuse this website.${why === null ? '' : ` ${why.en}`}`,
    )
  if (warning.kind === 'ends')
    return both(
      `Sertifikat ${website} berakhir dalam ${warning.days} hari, pada ${day(notAfter)}. Unggah penggantinya.`,
      `The certificate of ${website} ends within ${warning.days} ${warning.days === 1 ? 'day' : 'days'}, on ${day(notAfter)}. Hand in the next one.`,
    )
  return both(
    `Sertifikat ${website}, berlaku sampai ${day(notAfter)}, belum diperbarui; yang terpasang tidak diubah. ${why?.id ?? 'Pembaruan belum dijalankan.'}`,
    `The certificate of ${website}, valid until ${day(notAfter)}, is not renewed; what runs was not touched. ${why?.en ?? 'No renewal was begun.'}`,
  )
}
