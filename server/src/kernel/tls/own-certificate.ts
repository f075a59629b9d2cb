// A site's own certificate for its local network: an authority made once, whose certificate people install, and a certificate for the addresses the machine has now.
import { webcrypto, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'
import { DAY, plus, systemClock, toDate, type Instant } from '../time/index.ts'

export type OwnCertificate = { cert: string; key: string; authority: string; addresses: string[]; made: boolean }

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const AUTHORITY_DAYS = 3650
/** Browsers refuse certificates that are valid for longer. */
const CERTIFICATE_DAYS = 397
const RENEW_BEFORE_DAYS = 30

/** Addresses of this machine in its networks, IPv4 first. */
export function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter((one) => !one.internal && !one.address.startsWith('fe80:'))
  return all.toSorted((a, b) => a.family.localeCompare(b.family)).map((one) => one.address)
}

/**
 * Files in `folder` (0700): `authority.crt` to be trusted by people's machines, `server.crt`, `server.key`. Made where they are missing, made anew
 * where the machine has other addresses or the end is near; the authority stays, so that trust need not be given again.
 */
export async function ownCertificate(folder: string, addresses: string[] = localAddresses(), now: Instant = systemClock.now()): Promise<OwnCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [authority, authorityKey, cert, key] = ['authority.crt', 'authority.key', 'server.crt', 'server.key'].map((name) => join(folder, name)) as [string, string, string, string] // four names, four paths
  const names = [...new Set(['localhost', hostname()])]
  const numbers = [...new Set(['127.0.0.1', '::1', ...addresses])]
  if (existsSync(authority) && existsSync(authorityKey) && existsSync(cert) && existsSync(key) && stillGood(readFileSync(cert, 'utf8'), numbers, names, now)) return { cert, key, authority, addresses, made: false }
  const ca = existsSync(authority) && existsSync(authorityKey) ? await readAuthority(authority, authorityKey) : await makeAuthority(authority, authorityKey, now)
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serial(), subject: `CN=${hostname().replaceAll(/[^\w.-]/g, '-')}`, issuer: ca.subject, notBefore: toDate(plus(now, -DAY)), notAfter: toDate(plus(now, CERTIFICATE_DAYS * DAY)),
    publicKey: keys.publicKey, signingKey: ca.key, signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([...names.map((value) => ({ type: 'dns' as const, value })), ...numbers.map((value) => ({ type: 'ip' as const, value }))]),
    ],
  })
  keep(cert, `${made.toString('pem')}\n${readFileSync(authority, 'utf8')}`)
  keep(key, await pem(keys.privateKey))
  return { cert, key, authority, addresses, made: true }
}

function stillGood(text: string, numbers: string[], names: string[], now: Instant): boolean {
  const found = new X509Certificate(text)
  return numbers.every((one) => found.checkIP(one) !== undefined) && names.every((one) => found.checkHost(one) !== undefined) && new x509.X509Certificate(text).notAfter.getTime() > now + RENEW_BEFORE_DAYS * DAY
}

async function makeAuthority(file: string, keyFile: string, now: Instant) {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(), name: `CN=Minsheng local authority ${serial().slice(0, 8)}, O=Minsheng`, notBefore: toDate(plus(now, -DAY)), notAfter: toDate(plus(now, AUTHORITY_DAYS * DAY)), keys, signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)],
  })
  keep(file, `${made.toString('pem')}\n`)
  keep(keyFile, await pem(keys.privateKey))
  return { subject: made.subject, key: keys.privateKey }
}

async function readAuthority(file: string, keyFile: string) {
  const der = Buffer.from(readFileSync(keyFile, 'utf8').replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  return { subject: new x509.X509Certificate(readFileSync(file, 'utf8')).subject, key: await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']) }
}

const serial = (): string => Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex').replace(/^[89a-f]/, '1')
const pem = async (key: webcrypto.CryptoKey): Promise<string> => `-----BEGIN PRIVATE KEY-----\n${Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`

function keep(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 })
  chmodSync(file, 0o600)
}
