// Configuration from environment and command line, checked once at boot.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { S3Config } from '../files/s3-storage.ts'

const services = ['web', 'worker', 'realtime', 'cron'] as const
export type Service = (typeof services)[number]

const environment = z.object({
  DATABASE_URL: z.string().optional(),
  DATABASE_APP_URL: z.string().optional(),
  MINSHENG_DATA: z.string().default('data'),
  MINSHENG_KEY_FILE: z.string().optional(),
  MINSHENG_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Set by the launcher: see `pagesComing`. */
  MINSHENG_PAGES: z.enum(['coming']).optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().default(8080),
  PUBLIC_PORT: z.coerce.number().int().default(8081),
  /** Certificate (with its chain) and key as PEM files: both listeners and the exchange then speak TLS themselves. */
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  STAFF_URL: z.url().optional(),
  /** S3-compatible storage for file contents; the secret key comes from a file (0600), never from the environment. */
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().regex(/^[a-z0-9.-]{3,63}$/, { error: 'S3_BUCKET: 3 to 63 letters, digits, points, hyphens' }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY_FILE: z.string().optional(),
  /** A FunASR runtime that turns speech into text (ws:// or wss://); nothing is recognised without it. */
  SPEECH_URL: z.url({ protocol: /^wss?$/, error: 'SPEECH_URL: ws:// or wss:// with the address of a FunASR runtime' }).optional(),
  /** Addresses of the proxies whose forwarded headers are believed, comma-separated, or `loopback`. */
  TRUST_PROXY: z.string().regex(/^(loopback|[0-9a-fA-F.:,/ ]+)$/, { error: 'TRUST_PROXY: addresses separated by commas, or loopback' }).refine((v) => !/^\d+$/.test(v), { error: 'TRUST_PROXY: addresses, not a number' }).optional(),
})

export type Config = {
  mode: 'demo' | 'production' | 'test'
  services: ReadonlySet<Service>
  databaseUrl: string | null
  /** App-role URL of an outside database; derived from the owner URL when absent. */
  databaseAppUrl: string | null
  dataDir: string
  keyFile: string
  logLevel: string
  host: string
  staffPort: number
  publicPort: number
  publicUrl: string | null
  staffUrl: string | null
  trustProxy: string | null
  /** PEM texts; null where a proxy ends TLS, or nobody does. */
  tls?: { cert: string; key: string } | null
  /** Object storage for file contents; a folder in `dataDir` without it. */
  s3?: S3Config
  /** Where speech is recognised; nowhere without it. */
  speechUrl?: string | null
  /** Orders that the demonstration's history is made of. */
  demoOrders: number
  /** The launcher still builds the pages and sends `pages` over its channel when they are there: the first start prepares its city meanwhile. */
  pagesComing?: boolean
  /** Cookies are `Secure` and plain HTTP is refused when the site is published by https. */
  https: boolean
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

/**
 * Demo is the unconfigured start: own database, loopback only. `--production`, `DATABASE_URL` or a public bind start empty with a
 * one-time administrator.
 */
export function readConfig(argv: string[], env: NodeJS.ProcessEnv, root: string): Config {
  const parsed = environment.parse(env)
  const flag = (name: string): string | undefined => argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3)
  const chosen = flag('services')?.split(',') ?? [...services]
  const dataDir = resolve(root, flag('data') ?? parsed.MINSHENG_DATA)
  // `--lan`: all addresses of the machine; the launcher has set a certificate.
  const host = flag('host') ?? (argv.includes('--lan') ? '0.0.0.0' : parsed.HOST)
  const production = argv.includes('--production') || parsed.DATABASE_URL !== undefined || !isLoopback(host)
  return {
    mode: production ? 'production' : 'demo',
    services: new Set(z.array(z.enum(services)).parse(chosen)),
    databaseUrl: parsed.DATABASE_URL ?? null,
    databaseAppUrl: parsed.DATABASE_APP_URL ?? null,
    dataDir,
    keyFile: parsed.MINSHENG_KEY_FILE ?? join(dataDir, 'keys'),
    logLevel: parsed.MINSHENG_LOG,
    host,
    staffPort: Number(flag('port') ?? parsed.PORT),
    publicPort: Number(flag('public-port') ?? parsed.PUBLIC_PORT),
    publicUrl: parsed.PUBLIC_URL ?? null,
    staffUrl: parsed.STAFF_URL ?? null,
    trustProxy: parsed.TRUST_PROXY ?? null,
    speechUrl: parsed.SPEECH_URL ?? null,
    ...objectStorage(parsed),
    demoOrders: Number(flag('demo-orders') ?? 2000),
    tls: tlsFiles(parsed),
    pagesComing: parsed.MINSHENG_PAGES === 'coming' && process.connected,
    https: parsed.TLS_CERT !== undefined || (parsed.PUBLIC_URL ?? parsed.STAFF_URL ?? '').startsWith('https:'),
  }
}

function tlsFiles(env: z.output<typeof environment>): Config['tls'] {
  const { TLS_CERT: cert, TLS_KEY: key } = env
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined) throw new Error('TLS_CERT and TLS_KEY belong together')
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

function objectStorage(env: z.output<typeof environment>): { s3?: S3Config } {
  if (env.S3_ENDPOINT === undefined) return {}
  const { S3_BUCKET: bucket, S3_ACCESS_KEY: accessKeyId, S3_SECRET_KEY_FILE: file } = env
  if (bucket === undefined || accessKeyId === undefined || file === undefined) throw new Error('S3_ENDPOINT needs S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY_FILE')
  return { s3: { endpoint: env.S3_ENDPOINT, bucket, region: env.S3_REGION, accessKeyId, secretAccessKey: readFileSync(file, 'utf8').trim() } }
}
