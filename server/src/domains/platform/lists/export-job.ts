// Writes an export as the person who asked for it: same rows, same scope, same masking as the list.
import { Readable } from 'node:stream'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { AppError } from '../../../kernel/errors.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { writeCsv, writeXlsx, type SheetRow } from '../../../kernel/sheets/index.ts'
import type { Stored } from '../../../kernel/files/index.ts'
import { DAY, formatFull, localDate, plus, yyMMdd } from '../../../kernel/time/index.ts'
import { discardContent, putContent, storeFile } from '../attachments/store-file.ts'
import { notify } from '../messages/notify.ts'
import { setting } from '../settings/setting-chain.ts'
import { actAs } from './act-as.ts'
import { chosenColumns, sourceOf, type ExportSource } from './export-sources.ts'
import { resultDays } from './list-settings.ts'
import { writePdf } from './write-pdf.ts'
import { finishTask, openTask, updateTask } from './task-store.ts'

type Payload = { tenantId: string; taskId: string }

export const exportInput = z.object({
  page: z.string(), filter: z.record(z.string(), z.unknown()), sort: z.string().nullable(), ids: z.array(z.string()).nullable(), columns: z.array(z.string()), format: z.enum(['xlsx', 'csv', 'pdf']),
})
type ExportInput = z.output<typeof exportInput>

const types = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' }

type Begin = <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>

class Cancelled extends Error {}

export const exportJob = defineJob<Payload>({
  name: 'platform.export',
  schema: z.object({ tenantId: z.uuid(), taskId: z.uuid() }),
  maxAttempts: 2,
  async run(begin, { tenantId, taskId }, info) {
    const task = await begin((ctx) => openTask(inTenant(ctx, tenantId), taskId))
    if (!task) return
    const userId = task.createdBy ?? ''
    let stored: Stored | null = null
    try {
      if (task.cancelled) throw new Cancelled()
      const input = exportInput.parse(task.input)
      const source = sourceOf(input.page)
      const written = await write(begin, { tenantId, taskId }, userId, source, input)
      stored = written.stored
      await begin((ctx) => complete(inTenant(ctx, tenantId), { taskId, userId, source, input, ...written }))
    } catch (error) {
      if (stored) await discardContent(stored)
      const last = info.attempt >= info.maxAttempts
      const known = error instanceof Cancelled || error instanceof AppError
      if (!known && !last) throw error
      await begin(async (ctx) => {
        const own = inTenant(ctx, tenantId)
        if (!known) own.log.error({ err: error, task: taskId }, 'export failed')
        await finishTask(own, taskId, error instanceof Cancelled ? { state: 'cancelled' } : { state: 'failed', error: error instanceof AppError ? error.title : '导出出错，请重试；再次失败请联系管理员' })
      })
    }
  },
})

const PROGRESS_MS = 400

/** Reads in one transaction under the requester's rights; progress goes by short ones of its own, so that others see it. */
async function write(begin: Begin, { tenantId, taskId }: Payload, userId: string, source: ExportSource, input: ExportInput): Promise<{ stored: Stored; rows: number }> {
  let rows = 0
  const stored = await begin(async (ctx) => {
    const user = await actAs(ctx, userId, tenantId)
    authorize(user, source.permission)
    rows = 0 // a repeated transaction counts anew
    const columns = await chosenColumns(user, source, input.filter, input.columns)
    const lines = async function* (): AsyncGenerator<SheetRow> {
      let told = Number.NEGATIVE_INFINITY
      for await (const page of source.rows(user, input.filter, input.columns, { sort: input.sort, ids: input.ids })) {
        for (const row of page) yield row
        rows += page.length
        if (performance.now() - told < PROGRESS_MS) continue
        told = performance.now()
        if ((await begin((own) => updateTask(inTenant(own, tenantId), taskId, { done: rows }))).cancelled) throw new Cancelled()
      }
      if ((await begin((own) => updateTask(inTenant(own, tenantId), taskId, { done: rows }))).cancelled) throw new Cancelled()
      yield { [columns[0]?.key ?? '']: watermark(user, rows) }
    }
    const content = { title: source.title, columns, rows: lines() }
    if (input.format === 'pdf') return putContent(Readable.from([await writePdf(content, { watermark: `${user.actor.name} ${formatFull(user.clock.now())}`, foot: '仅限工作使用' })]))
    return putContent(input.format === 'xlsx' ? writeXlsx(content) : writeCsv(content))
  })
  return { stored, rows }
}

const watermark = (user: Ctx, rows: number): string => `共 ${rows} 条 · 导出人 ${user.actor.name}${user.actor.unitName ? `（${user.actor.unitName}）` : ''} · ${formatFull(user.clock.now())} · 仅限工作使用`

async function complete(ctx: Ctx, done: { taskId: string; userId: string; source: ExportSource; input: ExportInput; stored: Stored; rows: number }): Promise<void> {
  const { source, input, stored, taskId } = done
  const now = ctx.clock.now()
  const name = `${source.title}-${yyMMdd(localDate(now))}-${taskId.slice(-4)}.${input.format}`
  const resultFileId = await storeFile(ctx, { name, type: types[input.format], stored, place: 'export', objectType: 'task', objectId: taskId })
  const ended = await finishTask(ctx, taskId, { state: 'done', done: done.rows, resultFileId, result: { rows: done.rows, checksum: stored.sha256 }, expiresAt: plus(now, (await setting(ctx, resultDays)) * DAY) })
  if (!ended) throw new Cancelled()
  await notify(ctx, { type: 'task', to: { userIds: [done.userId] }, title: `导出完成：${name}`, link: '/home/tasks', objectType: 'task', objectId: taskId, level: 'P3' })
}
