// Imports appeals from a file: `npm run import -- FILE [--map field=column …] [--source name] [--type code] [--tenant code] [--errors FILE]`.
// Works on the same database as the server, running or not, and through the same use-case as people.
import { createWriteStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createApp, type App } from '../server/src/app.ts'
import { describeImport, FailedRows, importFieldNames, importFields, importOrders, mappingFor, sourceOfName, type ImportCounts, type ImportField, type ImportMapping } from '../server/src/domains/orders/import/index.ts'
import { listTenantIds, readHomeTenantId, tenantById, type Tenant } from '../server/src/domains/platform/index.ts'
import { readConfig } from '../server/src/kernel/config/index.ts'
import { systemActor } from '../server/src/kernel/ctx.ts'
import { AppError } from '../server/src/kernel/errors.ts'
import { runCommand, runQuery } from '../server/src/kernel/runtime.ts'

const root = join(import.meta.dirname, '..')
const usage = `用法：npm run import -- 文件 [--map 字段=列名 …] [--source 来源名称] [--type 诉求类型代码] [--tenant 租户代码] [--errors 错误文件]
  文件可以是 CSV、XLSX 或 JSON Lines，也可以用 gzip 压缩；不写 --map 时按列名自动对应。
  字段：${importFields.map((f) => `${f}（${importFieldNames[f]}）`).join('、')}`

class Stop extends Error {}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function options(argv: string[]) {
  const { values, positionals } = parseArgs({
    args: argv, allowPositionals: true,
    options: { map: { type: 'string', multiple: true }, source: { type: 'string' }, type: { type: 'string', default: 'other' }, tenant: { type: 'string' }, errors: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } },
  })
  const [file, ...more] = positionals
  if (values.help || !file || more.length > 0) throw new Stop(usage)
  // npm runs scripts in the project's folder; the path was typed where npm was called.
  const from = process.env['INIT_CWD'] ?? process.cwd()
  return { ...values, file: resolve(from, file), errors: values.errors ? resolve(from, values.errors) : undefined }
}

function mappingOf(pairs: string[] | undefined): ImportMapping | undefined {
  if (!pairs) return undefined
  const mapping: ImportMapping = {}
  for (const pair of pairs) {
    const [field = '', column] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (!importFields.includes(field as ImportField) || column === '') throw new Stop(`不认识的对应关系“${pair}”\n${usage}`)
    mapping[field as ImportField] = column
  }
  return mapping
}

async function tenantOf(app: App, code: string | undefined): Promise<Tenant> {
  const ids = code === undefined ? [await readHomeTenantId(app.runtime.db)] : await listTenantIds(app.runtime.db)
  const found = await runQuery(app.runtime, { actor: systemActor(ids[0] ?? ''), requestId: 'import' }, async (ctx) => {
    for (const id of ids) {
      const tenant = await tenantById(ctx, id).catch(() => null)
      if (tenant && (code === undefined || tenant.code === code)) return tenant
    }
    return null
  })
  if (!found) throw new Stop(code === undefined ? '数据库里还没有租户，请先运行一次 npm start' : `没有代码为“${code}”的租户`)
  return found
}

async function run(app: App, chosen: ReturnType<typeof options>): Promise<boolean> {
  const tenant = await tenantOf(app, chosen.tenant)
  const file = await describeImport(basename(chosen.file), chosen.file)
  const mapping = mappingFor(file, mappingOf(chosen.map))
  const source = chosen.source ?? sourceOfName(file.name)
  say(`导入 ${file.name} → ${tenant.name}（来源 ${source}）`)
  for (const field of importFields) if (mapping[field]) say(`  ${importFieldNames[field]} ← ${mapping[field]}`)
  const failed = new FailedRows(file.kind)
  let told = 0
  const tell = async (counts: ImportCounts): Promise<{ cancelled: boolean }> => {
    if (counts.read - told >= 500) {
      told = counts.read
      say(`  已读 ${counts.read} 行，登记 ${counts.created}，重复 ${counts.skipped}，未导入 ${counts.failed}`)
    }
    return { cancelled: stopping }
  }
  try {
    const counts = await importOrders((fn) => runCommand(app.runtime, { actor: systemActor(tenant.id, '批量导入'), requestId: 'import' }, fn), { content: chosen.file, kind: file.kind, mapping, source, defaultType: chosen.type }, failed, tell)
    say(`${counts.cancelled ? '已中断' : '完成'}：共 ${counts.read} 行，登记 ${counts.created} 件，重复 ${counts.skipped} 件，未导入 ${counts.failed} 行`)
    const content = await failed.content()
    if (content) {
      const path = chosen.errors ?? join(dirname(chosen.file), `${source}.errors.${file.kind}`)
      await pipeline(content, createWriteStream(path, { mode: 0o600 }))
      say(`未导入的行和原因：${path}`)
    }
    return !counts.cancelled
  } finally {
    await failed.remove()
  }
}

/** A database that the running server uses goes on; one that was started for this import stops with it. */
async function close(app: App): Promise<void> {
  if (!app.database.embedded?.adopted) return app.stop()
  await Promise.allSettled([app.staff.close(), app.public.close()])
  // The hub listens on a connection of the pool; the pool ends only without it.
  await app.hub.stop()
  await Promise.allSettled([app.database.app.end(), app.database.owner.end()])
}

let stopping = false
process.once('SIGINT', () => {
  stopping = true
  say('正在停止，已登记的保留…')
})

try {
  const chosen = options(process.argv.slice(2))
  await access(chosen.file).catch(() => {
    throw new Stop(`找不到文件 ${chosen.file}`)
  })
  const config = readConfig(chosen.data ? [`--data=${chosen.data}`] : [], { MINSHENG_LOG: 'error', ...process.env }, root)
  const app = await createApp(config)
  const good = await run(app, chosen).finally(() => close(app))
  process.exit(good ? 0 : 1)
} catch (error) {
  const known = error instanceof Stop ? error.message : error instanceof AppError ? [error.title, ...(error.refusal.fields ?? []).map((f) => `  ${f.message}`)].join('\n') : null
  process.stderr.write(`${known ?? `导入失败：${error instanceof Error ? error.message : String(error)}\n已登记的工单保留；重新运行同一命令会从中断处继续。`}\n`)
  process.exit(1)
}
