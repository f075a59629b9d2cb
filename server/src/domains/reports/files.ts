// A report as a file, and its charts as pictures for the page: both drawn from the stored content.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { chartSvg, documentTypes, writeDocument } from '../../kernel/documents/index.ts'
import type { Input, Output, RawExchange } from '../../kernel/http/route.ts'
import { formatFull, instant } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import type { Produced } from './content.ts'
import type * as contract from './contract.ts'
import { chartOf, documentOf, sizeOf } from './document.ts'
import { contentOf } from './reports.ts'
import { reportsFail } from './reports.errors.ts'
import { reportById } from './reports.queries.ts'

export async function downloadReport(ctx: Ctx, input: Input<typeof contract.reportFileRoute>, raw: RawExchange): Promise<Record<string, never>> {
  return send(ctx, input, raw)
}

/** A PDF that opens with this password only; the password is kept nowhere. */
export async function downloadReportSecret(ctx: Ctx, input: Input<typeof contract.secretFileRoute>, raw: RawExchange): Promise<Record<string, never>> {
  return send(ctx, { id: input.id, format: 'pdf' }, raw, input.password)
}

async function send(ctx: Ctx, input: Input<typeof contract.reportFileRoute>, { reply }: RawExchange, password?: string): Promise<Record<string, never>> {
  authorize(ctx, 'reports.read')
  const r = await reportById(ctx, input.id)
  const { name, timeZone } = await tenantById(ctx, ctx.tenantId)
  const held = contentOf(r)
  const draft = r.state === 'published' ? {} : { watermark: '未发布' }
  const bytes = await writeDocument({ ...documentOf(held, { footer: `${name} · 数据截至 ${formatFull(instant(held.asOf), timeZone).replace(/ \(.*\)$/, '')}`, ...draft }), ...(password ? { password } : {}) }, input.format)
  ctx.audit({ module: 'reports', act: 'downloadReport', objectType: 'report', objectId: r.id, text: password ? `${input.format}（加密）` : input.format })
  await reply.headers({ 'content-type': documentTypes[input.format], 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${r.name}.${input.format}`).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`, 'x-content-type-options': 'nosniff' }).send(bytes)
  return {}
}

async function drawn(block: Produced | undefined): Promise<string> {
  const chart = block?.kind === 'data' ? chartOf(block) : null
  if (!chart || block?.kind !== 'data') throw reportsFail('notFound')
  return chartSvg(chart, sizeOf(chart, block.half))
}

export async function showPicture(ctx: Ctx, input: Input<typeof contract.pictureRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'reports.read')
  const block = contentOf(await reportById(ctx, input.id)).sections.flatMap((s) => s.blocks).find((b) => b.id === input.block)
  // A picture of a picture element runs no script; opened by itself it may neither.
  await reply.headers({ 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox", 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-cache' }).send(await drawn(block))
  return {}
}

export async function previewPicture(ctx: Ctx, input: Input<typeof contract.previewPictureRoute>): Promise<Output<typeof contract.previewPictureRoute>> {
  authorize(ctx, 'reports.write')
  return { svg: await drawn(input.block) }
}
