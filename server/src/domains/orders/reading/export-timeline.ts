// The operation log of an order as a workbook, for audit: the same entries that the reader sees.
import { buffer } from 'node:stream/consumers'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { RawExchange } from '../../../kernel/http/route.ts'
import { writeXlsx, type SheetRow } from '../../../kernel/sheets/index.ts'
import { formatElapsed, formatFull } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { readOrder } from '../orders.policy.ts'
import { timelineColumns } from './reading.zh-CN.ts'
import { entryRows, viewsFor } from './timeline-view.ts'

export async function exportTimeline(ctx: Ctx, input: { id: string }, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  const { timeZone } = await tenantById(ctx, order.tenant_id)
  const entries = await viewsFor(ctx, order, await entryRows(ctx, order))
  const rows: SheetRow[] = entries.map(({ view }) => ({
    at: formatFull(view.at, timeZone), stage: view.stageName, act: view.actName, actor: view.actorName, unit: view.unitName, text: view.hidden ? '其他单位意见不在您的查看范围' : view.text,
    changes: view.changes.map((c) => `${c.label}：${plain(c.old)} → ${plain(c.new)}`).join('\n'), files: view.files.map((f) => f.name).join('、'), took: view.tookMs === null ? '' : formatElapsed(view.tookMs),
  }))
  rows.push({ at: `工单 ${order.number} · 共 ${entries.length} 条 · 导出人 ${ctx.actor.name} · ${formatFull(ctx.clock.now(), timeZone)} · 仅限工作使用` })
  const widths: Record<string, number> = { at: 34, text: 60, changes: 40 }
  const content = await buffer(writeXlsx({ title: '操作日志', columns: Object.entries(timelineColumns).map(([key, label]) => ({ key, label, ...(widths[key] ? { width: widths[key] } : {}) })), rows }))
  ctx.audit({ module: 'orders', act: 'export', objectType: 'order', objectId: order.id, text: `导出操作日志 ${order.number}` })
  await reply
    .headers({ 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`操作日志-${order.number}.xlsx`)}` })
    .send(content)
  return {}
}

const plain = (value: unknown): string => (value === null || value === undefined || value === '' ? '（空）' : typeof value === 'object' ? JSON.stringify(value) : String(value))
