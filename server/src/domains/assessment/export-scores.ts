// Scores and lost points as sheets (XLSX, CSV, PDF): the rows of the page, under the same rights.
import { z } from 'zod'
import type { ExportSource } from '../platform/index.ts'
import { listLosses } from './read-losses.ts'
import { chosenRun, showPeriod } from './read-periods.ts'
import { attribute } from './attribute.ts'
import { requireObject } from './policy.ts'
import { periodById } from './assessment.queries.ts'
import { listUpperRows, upperSummary } from './upper/compare-subjects.ts'
import { results, subjects } from './upper/upper-contract.ts'
import { subjectNames } from './upper/upper.zh-CN.ts'

const filterOf = z.object({ id: z.uuid(), objectId: z.uuid().optional(), runId: z.uuid().optional() })
const upperFilter = z.object({ month: z.string(), subject: z.enum(subjects), result: z.enum(results).optional() })
const PAGE = 200

export const assessmentExports = (): ExportSource[] => [
  {
    page: 'assessmentScores', title: '考核成绩', permission: 'assessment.read',
    columns: [{ key: 'rank', label: '名次', width: 8 }, { key: 'name', label: '考核对象', width: 28 }, { key: 'peer', label: '同组', width: 14 }, { key: 'peerRank', label: '组内名次', width: 10 }, { key: 'total', label: '总分', width: 10 }, { key: 'grade', label: '等级', width: 10 }, { key: 'rawTotal', label: '原始总分', width: 10 }, { key: 'rankBefore', label: '上期名次', width: 10 }, { key: 'totalBefore', label: '上期总分', width: 10 }, { key: 'parts', label: '各项得分', width: 60 }],
    async count(ctx, filter) {
      const { id, runId } = filterOf.parse(filter)
      return (await showPeriod(ctx, { id, runId })).rows.length
    },
    async *rows(ctx, filter) {
      const { id, runId } = filterOf.parse(filter)
      const { rows, heads } = await showPeriod(ctx, { id, runId })
      yield rows.map((r) => ({ rank: r.rank, name: r.name, peer: r.peer, peerRank: r.peerRank, total: r.total, grade: r.grade, rawTotal: r.rawTotal, rankBefore: r.rankBefore, totalBefore: r.totalBefore, parts: heads.flatMap((h) => { const item = r.items.find((i) => i.code === h.code); return item ? [`${h.name} ${item.points ?? '–'}（${item.value ?? '–'}${h.unit}）`] : [] }).join('；') }))
    },
  },
  {
    page: 'assessmentLosses', title: '失分明细', permission: 'assessment.read',
    columns: [{ key: 'number', label: '工单号', width: 22 }, { key: 'title', label: '标题', width: 40 }, { key: 'item', label: '项目', width: 16 }, { key: 'cause', label: '原因', width: 14 }, { key: 'points', label: '扣分', width: 12 }, { key: 'calculation', label: '计算', width: 36 }, { key: 'basis', label: '依据', width: 24 }, { key: 'appeal', label: '申诉', width: 10 }],
    async count(ctx, filter) {
      const { id, objectId = '', runId } = filterOf.parse(filter)
      await requireObject(ctx, objectId)
      const run = await chosenRun(ctx, await periodById(ctx, id), runId)
      return run ? (await attribute(ctx, run, objectId)).losses.length : 0
    },
    async *rows(ctx, filter) {
      const { id, objectId = '', runId } = filterOf.parse(filter)
      let cursor: string | undefined
      do {
        const page = await listLosses(ctx, { id, objectId, runId, limit: PAGE, ...(cursor ? { cursor } : {}) })
        yield page.items.map((l) => ({ number: l.number ?? (l.orderId === null ? `规则条款（背后 ${l.behind} 件）` : '无权查看'), title: l.title, item: l.itemName, cause: l.cause, points: l.points, calculation: l.calculation, basis: l.basis, appeal: l.appealName }))
        cursor = page.next ?? undefined
      } while (cursor)
    },
  },
  {
    page: 'assessmentUpper', title: '上级明细比对', permission: 'assessment.manage',
    columns: [{ key: 'number', label: '工单号', width: 22 }, { key: 'title', label: '标题', width: 40 }, { key: 'subject', label: '项目', width: 14 }, { key: 'own', label: '本级', width: 28 }, { key: 'upper', label: '上级', width: 28 }, { key: 'result', label: '结果', width: 10 }, { key: 'unit', label: '办理单位', width: 24 }, { key: 'cause', label: '原因', width: 30 }, { key: 'note', label: '说明', width: 40 }, { key: 'by', label: '登记人', width: 12 }],
    async count(ctx, filter) {
      const { month, subject, result } = upperFilter.parse(filter)
      const found = (await upperSummary(ctx, { month })).subjects.find((s) => s.subject === subject)
      const wanted: readonly (typeof results)[number][] = result ? [result] : results
      return found ? wanted.reduce((sum, one) => sum + found[one], 0) : 0
    },
    async *rows(ctx, filter) {
      const asked = upperFilter.parse(filter)
      let cursor: string | undefined
      do {
        const page = await listUpperRows(ctx, { ...asked, limit: PAGE, ...(cursor ? { cursor } : {}) })
        yield page.items.map((r) => ({ number: r.number, title: r.title, subject: subjectNames[asked.subject], own: r.own, upper: r.upper, result: r.resultName, unit: r.unitName, cause: r.cause, note: r.note, by: r.causeByName }))
        cursor = page.next ?? undefined
      } while (cursor)
    },
  },
]
