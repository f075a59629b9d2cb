// Results as a table for download: the rows of the list, under the same filter.
import type { Ctx } from '../../kernel/ctx.ts'
import { formatFull } from '../../kernel/time/index.ts'
import type { ExportFilter, ExportSource } from '../platform/index.ts'
import { tasksRoute } from './contract.ts'
import { listTasks, type TaskView } from './tasks.ts'

const columns: { key: string; label: string; width?: number; of: (row: TaskView) => string | number | null }[] = [
  { key: 'label', label: '对象', width: 40, of: (r) => r.label }, { key: 'kind', label: '类型', of: (r) => r.kindName }, { key: 'agent', label: '被检人', of: (r) => r.agentName }, { key: 'team', label: '班组', of: (r) => r.teamName }, { key: 'unit', label: '单位', of: (r) => r.unitName }, { key: 'plan', label: '计划', of: (r) => r.planName },
  { key: 'state', label: '状态', of: (r) => r.stateName }, { key: 'machine', label: '机检分', of: (r) => r.machinePoints }, { key: 'human', label: '人检分', of: (r) => r.humanPoints }, { key: 'points', label: '得分', of: (r) => r.points }, { key: 'grade', label: '等级', of: (r) => r.grade }, { key: 'passed', label: '是否合格', of: (r) => (r.passed === null ? null : r.passed ? '合格' : '不合格') },
  { key: 'violation', label: '违规', of: (r) => (r.violation ? '是' : '否') }, { key: 'inspector', label: '质检员', of: (r) => r.inspectorName }, { key: 'objectAt', label: '发生时间', of: (r) => formatFull(r.objectAt) }, { key: 'concludedAt', label: '结论时间', of: (r) => (r.concludedAt ? formatFull(r.concludedAt) : null) },
]

async function* pages(ctx: Ctx, filter: ExportFilter): AsyncGenerator<TaskView[]> {
  const parsed = tasksRoute.query.parse({ ...filter, limit: 200, cursor: undefined })
  let cursor: string | undefined
  do {
    const page = await listTasks(ctx, { ...parsed, ...(cursor === undefined ? {} : { cursor }) })
    yield page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

export const qualityExport: ExportSource = {
  page: 'qualityResults', title: '质检结果', permission: 'quality.read', columns: columns.map(({ key, label, width }) => ({ key, label, ...(width ? { width } : {}) })),
  async *rows(ctx, filter, wanted, options) {
    for await (const items of pages(ctx, filter)) yield items.filter((one) => options.ids === null || options.ids.includes(one.id)).map((row) => Object.fromEntries(columns.filter((c) => wanted.includes(c.key)).map((c) => [c.key, c.of(row)])))
  },
  async count(ctx, filter, options) {
    return options.ids?.length ?? (await listTasks(ctx, { ...tasksRoute.query.parse(filter), limit: 1 })).count.value
  },
}
