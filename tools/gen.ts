// Regenerates what is derived: table types, schema.sql, OpenAPI files, API types of the web apps. `npm run gen [--check]`.
import { mkdir, mkdtemp, readFile, rm, writeFile, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../server/src/kernel/db/embedded.ts'
import { migrate } from '../server/src/kernel/db/migrate.ts'
import { describeSchema } from './gen/schema.ts'
import { tableTypes, viewTypes } from './gen/tables.ts'
import { apiFiles } from './gen/api.ts'

const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')

/** Prefix of the tables → folder of the domain. Kept here so that types can be generated before the modules compile. */
const domains: Record<string, string> = {
  platform_: 'platform', flow_: 'flow', form_: 'forms', matter_: 'matters', knowledge_: 'knowledge', order_: 'orders', intake_: 'intake', supervision_: 'supervision', callback_: 'callback', telephony_: 'telephony', ai_: 'ai', data_: 'data', assessment_: 'assessment', analytics_: 'analytics', quality_: 'quality', reports_: 'reports',
}

const files = new Map<string, string>()
const dir = await mkdtemp(join(tmpdir(), 'minsheng-gen-'))
await chmod(dir, 0o755)
const quiet = (): void => undefined
const cluster = await startEmbedded({ dataDir: dir, logger: { info: quiet, warn: quiet, error: console.error }, fast: true })
try {
  const url = new URL(cluster.superuserUrl)
  const admin = new pg.Pool({ connectionString: url.toString(), max: 1 })
  await admin.query("create database gen encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0")
  await admin.end()
  url.pathname = '/gen'
  const pool = new pg.Pool({ connectionString: url.toString(), max: 2 })
  pool.on('error', quiet) // connections left open by a failed migration end with the cluster
  await migrate(pool, 'postgres')
  files.set('server/schema.sql', await describeSchema(pool))
  files.set('server/src/kernel/db/views.gen.ts', await viewTypes(pool))
  for (const [prefix, folder] of Object.entries(domains)) {
    const text = await tableTypes(pool, prefix, folder)
    if (text) files.set(`server/src/domains/${folder}/tables.gen.ts`, text)
  }
  await pool.end()
} finally {
  await cluster.stop()
  await rm(dir, { recursive: true, force: true })
}

if (!process.argv.includes('--tables')) for (const [name, text] of await apiFiles(root)) files.set(name, text)

const dirty: string[] = []
for (const [name, text] of files) {
  const path = join(root, name)
  const before = await readFile(path, 'utf8').catch(() => '')
  if (before === text) continue
  dirty.push(relative(root, path))
  if (!check) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}
if (dirty.length === 0) console.log('生成的文件都是最新的 (generated files are up to date)')
else {
  console.log(`${check ? '过期 (stale)' : '已更新 (written)'}:\n  ${dirty.join('\n  ')}`)
  if (check) process.exit(1)
}
