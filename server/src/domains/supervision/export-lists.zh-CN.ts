// Lists of supervision as sheets: the rows of the list's own use-case, page by page, under the same scope (SUP-28, SUP-29).
import type { z } from 'zod'
import type { Ctx } from '../../kernel/ctx.ts'
import { formatFull, HOUR, type Instant } from '../../kernel/time/index.ts'
import type { ExportCell, ExportFilter, ExportSource } from '../platform/index.ts'
import { listCardsRoute, listClocksRoute } from './contract.ts'
import { listCards } from './read-cards.ts'
import { listClocks } from './read-clocks.ts'
import { listHits } from './hits/hits.ts'
import { listHitsRoute } from './hits/hit-contract.ts'
import { listInstructions } from './instructions/instructions.ts'
import { listInstructionsRoute } from './instructions/instruction-contract.ts'
import { listTasks } from './tasks/read-tasks.ts'
import { listTasksRoute } from './tasks/task-contract.ts'

type Listing<Q, T> = { page: string; title: string; query: z.ZodType<Q>; list: (ctx: Ctx, input: Q) => Promise<{ items: T[]; next: string | null; count: { value: number } }>; columns: { key: string; label: string; width?: number; of: (row: T, ctx: Ctx) => ExportCell }[] }

const PAGE = 200
const at = (value: Instant | null): string | null => (value === null ? null : formatFull(value))

/** Hours left until a deadline, or run over; nothing where the clock has ended. */
const leftOf = (ctx: Ctx, due: Instant, running: boolean): string | null => {
  if (!running) return null
  const hours = (due - ctx.clock.now()) / HOUR
  return hours >= 0 ? `剩余 ${Math.floor(hours)} 小时` : `超期 ${Math.ceil(-hours)} 小时`
}

/** Filters as addresses carry them: several values are joined by commas. */
const asQuery = (filter: ExportFilter): Record<string, string> => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== null && value !== '').map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)]))

function source<Q, T extends { id: string }>({ page, title, query, list, columns }: Listing<Q, T>): ExportSource {
  const read = (ctx: Ctx, filter: ExportFilter, more: Record<string, string>) => list(ctx, query.parse({ ...asQuery(filter), ...more }))
  return {
    page, title, permission: 'supervision.read', columns: columns.map(({ key, label, width }) => ({ key, label, ...(width === undefined ? {} : { width }) })),
    async count(ctx, filter, options) {
      return options.ids ? options.ids.length : (await read(ctx, filter, { limit: '1' })).count.value
    },
    async *rows(ctx, filter, wanted, options) {
      const chosen = columns.filter((c) => wanted.includes(c.key))
      let cursor: string | null = ''
      while (cursor !== null) {
        const found: { items: T[]; next: string | null } = await read(ctx, filter, { limit: String(PAGE), ...(cursor === '' ? {} : { cursor }) })
        const rows = options.ids ? found.items.filter((row) => options.ids?.includes(row.id)) : found.items
        yield rows.map((row) => Object.fromEntries(chosen.map((c) => [c.key, c.of(row, ctx)])))
        cursor = found.next
      }
    },
  }
}

export const supervisionExports = (): ExportSource[] => [
  source({
    page: 'supervisionTasks', title: '督办任务', query: listTasksRoute.query, list: listTasks,
    columns: [
      { key: 'number', label: '工单号', width: 20, of: (t) => t.number }, { key: 'title', label: '标题', width: 40, of: (t) => t.title }, { key: 'unit', label: '责任单位', width: 20, of: (t) => t.unitName }, { key: 'cause', label: '事由', of: (t) => t.ruleName }, { key: 'level', label: '级别', of: (t) => t.levelName },
      { key: 'source', label: '来源', of: (t) => t.sourceName }, { key: 'supervisor', label: '督办员', of: (t) => t.supervisorName }, { key: 'demand', label: '督办要求', width: 40, of: (t) => t.demand }, { key: 'state', label: '状态', of: (t) => (t.overdue ? '逾期未答复' : t.stateName) }, { key: 'opened', label: '发起时间', width: 18, of: (t) => at(t.openedAt) },
      { key: 'left', label: '答复时限', width: 18, of: (t) => at(t.replyDueAt) }, { key: 'firstReply', label: '首次答复', width: 18, of: (t) => at(t.firstReplyAt) }, { key: 'late', label: '迟答', of: (t) => (t.late ? '是' : '否') }, { key: 'evaluation', label: '监督评价', of: (t) => t.evaluationName }, { key: 'closed', label: '结案', width: 18, of: (t) => at(t.closedAt) }, { key: 'closeKind', label: '结案方式', of: (t) => t.closeKindName },
    ],
  }),
  source({
    page: 'supervisionCards', title: '红黄牌', query: listCardsRoute.query, list: listCards,
    columns: [
      { key: 'number', label: '工单号', width: 20, of: (c) => c.number }, { key: 'title', label: '标题', width: 40, of: (c) => c.title }, { key: 'colour', label: '牌', of: (c) => (c.colour === 'red' ? '红牌' : '黄牌') }, { key: 'state', label: '状态', of: (c) => c.stateName }, { key: 'clock', label: '时钟', of: (c) => c.clockName }, { key: 'unit', label: '责任单位', width: 20, of: (c) => c.unitName },
      { key: 'left', label: '剩余', of: (c, ctx) => leftOf(ctx, c.dueAt, c.clockState === 'running' && c.state === 'open') }, { key: 'orderState', label: '工单状态', of: (c) => c.orderStateName },
      { key: 'due', label: '到期', width: 18, of: (c) => at(c.dueAt) }, { key: 'issued', label: '发牌时间', width: 18, of: (c) => at(c.issuedAt) }, { key: 'recipients', label: '收件人', width: 30, of: (c) => c.recipients.map((p) => `${p.name}${p.read ? '（已读）' : ''}`).join('、') }, { key: 'reaction', label: '发牌后反应', of: (c) => (c.reaction ? `${c.reaction.actName} ${c.reaction.actorName}` : '未反应') }, { key: 'ended', label: '解除时间', width: 18, of: (c) => at(c.endedAt) },
    ],
  }),
  source({
    page: 'supervisionClocks', title: '时钟明细', query: listClocksRoute.query, list: listClocks,
    columns: [
      { key: 'number', label: '工单号', width: 20, of: (c) => c.number }, { key: 'title', label: '标题', width: 40, of: (c) => c.title }, { key: 'kind', label: '时钟', of: (c) => c.kindName }, { key: 'orderState', label: '工单状态', of: (c) => c.orderStateName }, { key: 'unit', label: '责任单位', width: 20, of: (c) => c.unitName }, { key: 'rule', label: '时限规则', width: 24, of: (c) => c.ruleText },
      { key: 'started', label: '开始', width: 18, of: (c) => at(c.startedAt) }, { key: 'due', label: '到期', width: 18, of: (c) => at(c.dueAt) }, { key: 'left', label: '剩余', of: (c, ctx) => leftOf(ctx, c.dueAt, c.state === 'running') }, { key: 'yellow', label: '转黄时间', width: 18, of: (c) => at(c.yellowAt) }, { key: 'colour', label: '颜色', of: (c) => ({ green: '正常', yellow: '临期', red: '超期', paused: '暂停', ended: '已结束' })[c.colour] },
    ],
  }),
  source({
    page: 'supervisionHits', title: '预警与巡检', query: listHitsRoute.query, list: listHits,
    columns: [
      { key: 'number', label: '工单号', width: 20, of: (h) => h.number }, { key: 'title', label: '标题', width: 40, of: (h) => h.title }, { key: 'rule', label: '规则', width: 20, of: (h) => h.ruleName }, { key: 'kind', label: '类别', of: (h) => h.kindName }, { key: 'unit', label: '责任单位', width: 20, of: (h) => h.unitName }, { key: 'found', label: '触发时间', width: 18, of: (h) => at(h.foundAt) },
      { key: 'recipients', label: '接收人', width: 30, of: (h) => h.recipients.join('、') }, { key: 'state', label: '响应', of: (h) => h.stateName }, { key: 'toldCount', label: '已提醒', of: (h) => h.toldCount }, { key: 'measure', label: '措施', width: 30, of: (h) => h.measure }, { key: 'result', label: '结果', width: 30, of: (h) => h.result }, { key: 'ended', label: '结束时间', width: 18, of: (h) => at(h.endedAt) },
    ],
  }),
  source({
    page: 'instructions', title: '领导批示', query: listInstructionsRoute.query, list: listInstructions,
    columns: [
      { key: 'number', label: '工单号', width: 20, of: (i) => i.number }, { key: 'title', label: '标题', width: 40, of: (i) => i.title }, { key: 'leader', label: '批示领导', of: (i) => i.leaderName }, { key: 'urgency', label: '紧急程度', of: (i) => i.urgencyName }, { key: 'text', label: '批示内容', width: 40, of: (i) => i.text ?? (i.textHidden ? '（无权查看）' : null) }, { key: 'units', label: '落实单位', width: 30, of: (i) => i.units.map((u) => u.unitName).join('、') },
      { key: 'state', label: '状态', of: (i) => i.stateName }, { key: 'issued', label: '批示时间', width: 18, of: (i) => at(i.issuedAt) }, { key: 'due', label: '报告时限', width: 18, of: (i) => at(i.reportDueAt) }, { key: 'reports', label: '落实情况', width: 40, of: (i) => i.units.flatMap((u) => (u.report ? [`${u.unitName}：${u.report}`] : [])).join('；') },
    ],
  }),
]
