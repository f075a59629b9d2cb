// Searching, exporting and verifying the audit trail; nobody can change it.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { verifyStore, type Finding } from '../../../kernel/audit/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { writeCsv, type SheetRow } from '../../../kernel/sheets/index.ts'
import { formatFull, type Instant } from '../../../kernel/time/index.ts'
import { nextPage } from '../lists/keyset.ts'
import { reachableTenants } from '../reach.ts'
import { actName } from './act-names.ts'
import { countAudit, readAudit, type AuditFilter, type AuditRow } from './audit.queries.ts'
import type * as contract from './contract.ts'
import { allSealedStores } from './sealed-stores.ts'

export const auditErrors = defineErrors('platform', {
  auditTooMany: { status: 422, title: '符合条件的记录超过 {max} 条，请缩小时间范围' },
})

const MAX_ROWS = 100_000
const PAGE = 2_000

function filterOf(ctx: Ctx, permission: string, input: Omit<Input<typeof contract.exportAudit>, 'tenantIds'>): AuditFilter {
  const reach = reachableTenants(ctx, permission)
  const { tenantId, ...filter } = input
  if (tenantId !== undefined && !reach.includes(tenantId)) throw kernelErrors('notFound')
  return { ...filter, tenantIds: tenantId === undefined ? reach : [tenantId] }
}

const named = (row: AuditRow): Output<typeof contract.searchAudit>['items'][number] => ({ ...row, actName: actName(row.act) })

export async function searchAudit(ctx: Ctx, input: Input<typeof contract.searchAudit>): Promise<Output<typeof contract.searchAudit>> {
  authorize(ctx, 'platform.readAudit')
  const { cursor, limit, ...rest } = input
  const filter = filterOf(ctx, 'platform.readAudit', rest)
  const page = nextPage(await readAudit(ctx, filter, cursor, limit + 1), limit, (row) => row.at)
  return { ...page, items: page.items.map(named), count: await countAudit(ctx, filter, 1000) }
}

const columns = [
  ['at', '时间'], ['kind', '类别'], ['actorName', '操作人'], ['role', '角色'], ['ip', 'IP 地址'], ['terminal', '终端'], ['module', '模块'], ['act', '操作'], ['objectType', '对象类型'], ['objectId', '对象'],
  ['changes', '变更'], ['text', '说明'], ['result', '结果'], ['requestId', '请求编号'], ['id', '记录编号'],
].map(([key = '', label = '']) => ({ key, label }))

const kindTexts: Record<AuditRow['kind'], string> = { login: '登录', access: '访问', operation: '操作', keyData: '关键数据' }

/** All matching rows as CSV, newest first; the export itself is recorded. */
export async function exportAudit(ctx: Ctx, input: Input<typeof contract.exportAudit>, raw: RawExchange): Promise<void> {
  authorize(ctx, 'platform.exportAudit')
  const filter = filterOf(ctx, 'platform.exportAudit', input)
  const count = await countAudit(ctx, filter, MAX_ROWS)
  if (count.capped) throw auditErrors('auditTooMany', { params: { max: MAX_ROWS } })
  ctx.audit({ module: 'platform', act: 'exportAudit', text: `导出 ${count.value} 条`, changes: { filter: { old: null, new: { ...input } } } })
  const rows = async function* (): AsyncGenerator<SheetRow> {
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const page = nextPage(await readAudit(ctx, filter, cursor, PAGE + 1), PAGE, (row) => row.at)
      for (const row of page.items) {
        yield { ...row, at: formatFull(row.at), kind: kindTexts[row.kind], act: actName(row.act), changes: row.changes === null ? '' : JSON.stringify(row.changes), result: row.result === 'ok' ? '成功' : '拒绝' }
      }
      cursor = page.next
    }
  }
  void raw.reply.header('content-disposition', `attachment; filename="audit.csv"; filename*=UTF-8''${encodeURIComponent('审计记录.csv')}`).type('text/csv; charset=utf-8')
  await raw.reply.send(writeCsv({ columns, rows: rows() }))
}

export async function listSealedStores(ctx: Ctx): Promise<Output<typeof contract.listSealedStores>> {
  authorize(ctx, 'platform.readAudit')
  const { rows } = await sql<{ store: string; links: number; lastSeal: Instant }>`select store, max(seq)::int as links, max(at) as "lastSeal" from kernel_seal group by store`.execute(ctx.acrossTenants('the chain covers all tenants'))
  return { items: allSealedStores().map(({ name }) => rows.find((row) => row.store === name) ?? { store: name, links: 0, lastSeal: null }) }
}

const LINKS = 1_000
const findingTexts: Record<Finding['kind'], string> = { missing: '记录被删除', changed: '记录被改动', added: '封存之后插入的记录', chain: '封存链断裂' }

/** Walks the chain in steps of 1,000 links and names every place that differs from what was sealed. */
export async function verifyAudit(ctx: Ctx, input: Input<typeof contract.verifyAudit>): Promise<Output<typeof contract.verifyAudit>> {
  authorize(ctx, 'platform.readAudit')
  const store = allSealedStores().find((s) => s.name === input.store)
  if (!store) throw kernelErrors('notFound')
  const result = await verifyStore(ctx, store, { fromSeq: input.fromSeq, limit: LINKS })
  ctx.audit({ module: 'platform', act: 'verifyAudit', text: `核验 ${result.links} 个封存段，发现 ${result.findings.length} 处异常` })
  const findings = result.findings.slice(0, 1000).map((finding) => ({
    ...finding, text: `第 ${finding.seq} 段（${formatFull(finding.at)} 封存）：${findingTexts[finding.kind]}${finding.id === null ? '' : `，记录编号 ${finding.id}`}`,
  }))
  return { store: store.name, links: result.links, rows: result.rows, nextSeq: result.nextSeq, findings }
}
