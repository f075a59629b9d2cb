// A report's period seen four ways, counted now and with the reader's own rights; the report's text keeps its numbers.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { chartSvg } from '../../kernel/documents/index.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type * as contract from './contract.ts'
import { chartOf, sizeOf } from './document.ts'
import { produce } from './produce.ts'
import { heldOf } from './reports.ts'
import { reportById } from './reports.queries.ts'
import { views } from './shipped/views.ts'
import { allTemplates, finder } from './templates.ts'

export async function showReportView(ctx: Ctx, input: Input<typeof contract.reportViewRoute>): Promise<Output<typeof contract.reportViewRoute>> {
  authorize(ctx, 'reports.read')
  const r = await reportById(ctx, input.id)
  const all = await allTemplates(ctx)
  const period = { from: r.from_day, to: r.to_day }
  // A template that is gone, or a board its reader may not see, has no range of its own any more.
  const range = await heldOf(ctx, all, r.template_code, period).then(({ shown }) => ({ where: shown.where, include: shown.include, exclude: shown.exclude }), () => ({}))
  const content = await produce(ctx, { ...views[input.view], ...range }, { ...period, name: `${r.from_day} 至 ${r.to_day}` }, finder(all))
  const pictures: Record<string, string> = {}
  for (const block of content.sections.flatMap((s) => s.blocks)) {
    const chart = block.kind === 'data' ? chartOf(block) : null
    if (chart && block.kind === 'data' && chart.categories.length > 0) pictures[block.id] = await chartSvg(chart, sizeOf(chart, block.half))
  }
  return { content, pictures }
}
