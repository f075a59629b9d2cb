// The month's result on paper: for those who rank (ranking, rates, matrix) and for one object (score, course, losses to the order).
import Fraction from 'fraction.js'
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { documentTypes, writeDocument, type Block, type DocumentContent } from '../../kernel/documents/index.ts'
import type { Input, Output, RawExchange } from '../../kernel/http/route.ts'
import { formatFull } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { listLosses } from './read-losses.ts'
import { showPeriod } from './read-periods.ts'
import { showScore } from './read-scores.ts'

type Period = Output<typeof contract.periodRoute>
type Score = Output<typeof contract.scoreRoute>
const number = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Number(text))
const rank = (n: number | null): string => (n === null ? '–' : String(n))
const MOST_ROWS = 200
const MOST_LOSSES = 200
const MOST_DRAWN = 30
const standings = { asPublished: '已发布', provisional: '待审核，未发布', live: '实时成绩，未经审核' } as const

/** Ranking, distance to the period before, and where points are lost most: right of and above the middle lines. */
function overview(p: Period): Block[] {
  const scored = p.rows.filter((r) => r.total !== null)
  const mean = scored.length === 0 ? null : scored.reduce((sum, r) => sum + Number(r.total), 0) / scored.length
  const lost = scored.flatMap((r) => (r.items.length === 0 ? [] : [{ name: r.name, value: r.items.reduce((sum, i) => sum + Math.max(0, Number(i.lost ?? 0)), 0), items: r.items }]))
  const worst = lost.filter((r) => r.value > 0).toSorted((a, b) => b.value - a.value).slice(0, 8)
  const byItem = p.heads.map((h) => ({ name: h.name, points: lost.reduce((sum, r) => sum + Math.max(0, Number(r.items.find((i) => i.code === h.code)?.lost ?? 0)), 0) })).filter((h) => h.points > 0)
  const drawn = scored.toSorted((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9)).slice(0, MOST_DRAWN)
  const moved = scored.flatMap((r) => (r.rank === null || r.rankBefore === null ? [] : [{ name: r.name, x: r.rankBefore, y: r.rank }]))
  return [
    { kind: 'cards', cards: [{ label: '参评对象', value: String(scored.length), unit: '个' }, { label: '平均分', value: mean === null ? '–' : mean.toFixed(2), unit: '分' }, { label: '最高', value: drawn[0]?.total ?? '–', unit: '分', note: drawn[0]?.name ?? '' }, { label: '低于平均', value: String(scored.filter((r) => mean !== null && Number(r.total) < mean).length), unit: '个' }] },
    { kind: 'heading', level: 1, text: '一、排名' },
    ...(drawn.length > 0 ? [{ kind: 'chart' as const, title: scored.length > drawn.length ? `总分（前 ${drawn.length} 名）` : '总分', height: Math.max(120, drawn.length * 19 + 34), chart: { kind: 'rows' as const, categories: drawn.map((r) => r.name), series: [{ name: '总分', values: drawn.map((r) => number(r.total)) }], marked: drawn.filter((r) => r.mine).map((r) => r.name) } }] : []),
    { kind: 'table', title: '成绩表', columns: [{ label: '名次', width: 7, align: 'end' }, { label: '考核对象', width: 26 }, { label: '总分', width: 10, align: 'end' }, ...(p.grades.length > 0 ? [{ label: '等级', width: 9 }] : []), { label: '原始总分', width: 11, align: 'end' }, { label: '上期名次', width: 10, align: 'end' }, { label: '上期总分', width: 11, align: 'end' }, ...p.heads.slice(0, 5).map((h) => ({ label: h.name, width: 11, align: 'end' as const }))], rows: p.rows.slice(0, MOST_ROWS).map((r) => [rank(r.rank), r.name, r.total ?? '–', ...(p.grades.length > 0 ? [r.grade ?? '–'] : []), r.rawTotal ?? '–', rank(r.rankBefore), r.totalBefore ?? '–', ...p.heads.slice(0, 5).map((h) => r.items.find((i) => i.code === h.code)?.points ?? '–')]), empty: '本期没有成绩' },
    ...(byItem.length > 0 ? [{ kind: 'heading' as const, level: 1 as const, text: '二、失分' }, { kind: 'row' as const, blocks: [{ kind: 'chart' as const, title: '各项失分合计', height: 190, chart: { kind: 'pie' as const, categories: byItem.map((h) => h.name), series: [{ name: '失分', values: byItem.map((h) => Number(h.points.toFixed(2))) }] } }, { kind: 'chart' as const, title: '失分较多的对象', height: 190, chart: { kind: 'rows' as const, categories: worst.map((r) => r.name), series: [{ name: '失分', values: worst.map((r) => Number(r.value.toFixed(2))) }] } }] }] : []),
    ...(moved.length > 1 ? [{ kind: 'heading' as const, level: 1 as const, text: '三、名次变化' }, { kind: 'chart' as const, title: '上期名次与本期名次（对角线以上为退步）', chart: { kind: 'points' as const, categories: [], series: [], points: moved, axes: { x: '上期名次', y: '本期名次' } } }] : []),
  ]
}

async function ofObject(ctx: Ctx, s: Score, runId: string): Promise<Block[]> {
  const { items: losses } = await listLosses(ctx, { id: s.id, objectId: s.objectId, runId, limit: MOST_LOSSES })
  const causes = [...Map.groupBy(losses, (l) => l.cause)].map(([cause, list]) => ({ cause, points: list.reduce((sum, l) => sum.add(new Fraction(l.points)), new Fraction(0)).valueOf() })).toSorted((a, b) => b.points - a.points)
  const charts: Block[] = [
    ...(s.trend.length > 1 ? [{ kind: 'chart' as const, title: '历期总分', height: 170, chart: { kind: 'line' as const, categories: s.trend.map((t) => t.name), series: [{ name: '总分', values: s.trend.map((t) => number(t.total)) }] } }] : []),
    ...(causes.length > 0 ? [{ kind: 'chart' as const, title: '失分原因（分）', height: 170, chart: { kind: 'rows' as const, categories: causes.slice(0, 8).map((c) => c.cause), series: [{ name: '失分', values: causes.slice(0, 8).map((c) => Number(c.points.toFixed(2))) }] } }] : []),
  ]
  return [
    { kind: 'cards', cards: [{ label: '总分', value: s.total ?? '–', unit: `／${s.full}`, note: [s.grade ?? '', `原始总分 ${s.rawTotal ?? '–'}`].filter(Boolean).join('  ') }, { label: '名次', value: rank(s.rank), unit: `／${s.of}`, note: s.goalRank === null ? '' : `目标 ${s.goalRank}`, ...(s.goalRank !== null && s.rank !== null && s.rank > s.goalRank ? { tone: 'bad' as const } : {}) }, { label: '失分', value: s.lost ?? '–', unit: '分' }, { label: '加分', value: s.bonus, unit: '分' }] },
    { kind: 'heading', level: 1, text: '一、各项得分' },
    { kind: 'table', columns: [{ label: '项目', width: 18 }, { label: '实现值', width: 12, align: 'end' }, { label: '目标值', width: 10, align: 'end' }, { label: '偏离', width: 10, align: 'end' }, { label: '得分', width: 10, align: 'end' }, { label: '失分', width: 10, align: 'end' }, { label: '计算', width: 36 }], rows: s.items.map((i) => [i.name, i.value === null ? '–' : `${i.value}${i.unit}`, i.target ?? '–', { text: i.deviation ?? '–', tone: i.deviation?.startsWith('-') ? 'bad' : 'plain' }, i.points ?? '–', i.lost ?? '–', i.calculation]) },
    ...(charts.length === 2 ? [{ kind: 'row' as const, blocks: charts }] : charts),
    { kind: 'heading', level: 1, text: '二、失分明细' },
    { kind: 'table', columns: [{ label: '工单号', width: 20 }, { label: '标题', width: 34 }, { label: '项目', width: 14 }, { label: '原因', width: 14 }, { label: '失分', width: 10, align: 'end' }, { label: '申诉', width: 10 }], rows: losses.map((l) => [l.number ?? (l.orderId === null ? `规则条款（${l.behind} 件）` : '无权查看'), l.title ?? '', l.itemName, l.cause, l.points, l.appealName ?? '']), empty: '本期没有失分' },
    ...(s.leftOut.length > 0 ? [{ kind: 'heading' as const, level: 1 as const, text: '三、不计入的工单' }, { kind: 'table' as const, columns: [{ label: '原因', width: 40 }, { label: '件数', width: 10, align: 'end' as const }], rows: s.leftOut.map((l) => [l.reasonName, String(l.orders)]) }] : []),
  ]
}

/** Under the same rights as the pages: an object's report needs the object, an unpublished result is none for those assessed. */
export async function downloadAssessmentReport(ctx: Ctx, input: Input<typeof contract.printReportRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'assessment.read')
  const period = await showPeriod(ctx, { id: input.id, runId: input.runId })
  const { name, timeZone } = await tenantById(ctx, ctx.tenantId)
  const score = input.objectId ? await showScore(ctx, { id: input.id, objectId: input.objectId, runId: input.runId }) : null
  const title = score ? `${score.objectName}考核通报` : `${period.modelName}考核通报`
  const content: DocumentContent = {
    title, subtitle: `${period.name}（${period.fromDay} 至 ${period.toDay}）  ${period.levelName}  ${standings[period.standing]}`, header: period.name, footer: `${name} · ${formatFull(ctx.clock.now(), timeZone).replace(/ \(.*\)$/, '')}`,
    ...(period.standing === 'asPublished' ? {} : { watermark: standings[period.standing] }), blocks: score ? await ofObject(ctx, score, score.run.id) : overview(period),
  }
  const bytes = await writeDocument(content, input.format)
  await reply.headers({ 'content-type': documentTypes[input.format], 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${title} ${period.name}.${input.format}`)}`, 'x-content-type-options': 'nosniff' }).send(bytes)
  return {}
}
