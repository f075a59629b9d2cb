// What enterprises see of their money, and what staff see of all.
import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { formatFull, lastOfMonth, localDate, monthOf } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage, setting, tenantById, type ExportSource } from '../../platform/index.ts'
import { enterpriseById, enterpriseFail, ownEnterprise, type EnterpriseRow } from '../enterprises/enterprise.queries.ts'
import * as contract from './contract.ts'
import { centsOf, kindNames, wayNames, yuan } from './money.ts'
import { prepaidEnabled, prepaidHow, prepaidLow, prepaidOnEmpty, prepaidPrice } from './settings.ts'
import { statementLines } from './statements.ts'

async function ownMoney(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const { row, role } = await ownEnterprise(ctx, id)
  if (role !== 'admin') throw enterpriseFail('enterpriseAdminOnly', { rule: 'enterprise.role' })
  return row
}

export async function enterpriseBalance(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.enterpriseBalance>> {
  const row = await ownMoney(ctx, input.id)
  const enabled = await setting(ctx, prepaidEnabled)
  const held = await sql<{ balance: number }>`select balance from intake_prepaid_account where tenant_id = ${ctx.tenantId} and enterprise_id = ${row.id}`.execute(ctx.db())
  const balance = held.rows[0]?.balance ?? 0
  const price = centsOf(String(await setting(ctx, prepaidPrice)))
  return { enabled, text: enabled ? `余额 ${yuan(balance)} 元` : '本中心没有开通企业预充值', balance, price, low: enabled && price > 0 && balance < centsOf(String(await setting(ctx, prepaidLow))), blocks: (await setting(ctx, prepaidOnEmpty)) === 'block', how: await setting(ctx, prepaidHow) }
}

type Entry = Output<typeof contract.enterpriseLedger>['items'][number]
type Span = { from?: string | undefined; to?: string | undefined }

async function entries(ctx: Ctx, enterpriseId: string, q: Span & { cursor?: string | undefined; limit: number }): Promise<Output<typeof contract.enterpriseLedger>> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const where: RawBuilder<boolean> = sql<boolean>`e.tenant_id = ${ctx.tenantId} and e.enterprise_id = ${enterpriseId} and coalesce(e.at >= (${q.from ?? null}::date)::timestamp at time zone ${timeZone}, true) and coalesce(e.at < (${q.to ?? null}::date + 1)::timestamp at time zone ${timeZone}, true)`
  const { rows } = await sql<Omit<Entry, 'kindName' | 'wayName'> & { way: keyof typeof wayNames | null }>`select e.id, e.seq, e.kind, e.way, e.amount, e.balance, e.order_number as "orderNumber", e.notice_id as "noticeId", e.at from intake_ledger_entry e where ${where} and ${afterCursor(q.cursor, 'e.at', 'e.id')} order by e.at desc, e.id desc limit ${q.limit + 1}`.execute(ctx.db())
  const page = nextPage(rows, q.limit, (row) => row.at)
  const n = (await sql<{ n: number }>`select count(*)::int as n from (select 1 from intake_ledger_entry e where ${where} limit 1001) b`.execute(ctx.db())).rows[0]?.n ?? 0
  return { items: page.items.map(({ way, ...row }) => ({ ...row, kindName: kindNames[row.kind], wayName: way ? wayNames[way] : null })), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function enterpriseLedger(ctx: Ctx, input: Input<typeof contract.enterpriseLedger>): Promise<Output<typeof contract.enterpriseLedger>> {
  return entries(ctx, (await ownMoney(ctx, input.id)).id, input)
}

export async function enterpriseStatements(ctx: Ctx, input: Input<typeof contract.enterpriseStatements>): Promise<Output<typeof contract.enterpriseStatements>> {
  const row = await ownMoney(ctx, input.id)
  return { items: (await statementLines(ctx, { by: input.by, enterpriseId: row.id, limit: input.by === 'day' ? 62 : 24 })).map(({ enterpriseId: _id, name: _name, ...line }) => line) }
}

/** The newest ten thousand entries: an enterprise chooses days where it has more. */
export async function downloadLedger(ctx: Ctx, input: Input<typeof contract.downloadLedger>, raw: RawExchange): Promise<void> {
  const row = await ownMoney(ctx, input.id)
  const { items } = await entries(ctx, row.id, { from: input.from, to: input.to, limit: 10_000 })
  const lines = [['序号', '时间', '类别', '金额（元）', '余额（元）', '工单编号', '到账通知'], ...items.map((e) => [String(e.seq), formatFull(e.at), e.wayName ? `${e.kindName}（${e.wayName}）` : e.kindName, yuan(e.amount), yuan(e.balance), e.orderNumber ?? '', e.noticeId ?? ''])]
  ctx.audit({ module: 'intake', act: 'downloadEnterpriseLedger', objectType: 'key:enterpriseAccount', objectId: row.id, text: `${items.length} 条` })
  void raw.reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${row.name}对账明细`)}.csv`).send(`\uFEFF${lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`)
}

export async function listPrepaid(ctx: Ctx, input: Input<typeof contract.listPrepaid>): Promise<Output<typeof contract.listPrepaid>> {
  authorize(ctx, 'intake.prepaid')
  const mark = centsOf(String(await setting(ctx, prepaidLow)))
  const where = sql<boolean>`p.tenant_id = ${ctx.tenantId} and (e.credit_code = ${(input.query ?? '').toUpperCase()} or strpos(e.name, ${input.query ?? ''}) > 0)`
  const from = sql`intake_prepaid_account p join intake_enterprise e on e.tenant_id = p.tenant_id and e.id = p.enterprise_id`
  const { rows } = await sql<Omit<Output<typeof contract.listPrepaid>['items'][number], 'low'>>`select e.id, e.name, e.credit_code as "creditCode", p.balance, p.topped_up as "toppedUp", p.charged, p.charges, p.updated_at as "lastAt"
    from ${from}
    where ${where} and ${afterCursor(input.cursor, 'p.updated_at', 'p.enterprise_id')} order by p.updated_at desc, p.enterprise_id desc limit ${input.limit + 1}`.execute(ctx.db())
  const page = nextPage(rows, input.limit, (row) => row.lastAt)
  const n = (await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${from} where ${where} limit 1001) b`.execute(ctx.db())).rows[0]?.n ?? 0
  return { items: page.items.map((row) => ({ ...row, low: row.balance < mark })), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function prepaidLedger(ctx: Ctx, input: Input<typeof contract.prepaidLedger>): Promise<Output<typeof contract.prepaidLedger>> {
  authorize(ctx, 'intake.prepaid')
  return entries(ctx, (await enterpriseById(ctx, input.id)).id, input)
}

type Statement = Output<typeof contract.prepaidStatement>

export async function prepaidStatement(ctx: Ctx, input: Input<typeof contract.prepaidStatement>): Promise<Statement> {
  authorize(ctx, 'intake.prepaid')
  const on = input.on ?? localDate(ctx.clock.now())
  const [from, to] = input.by === 'day' ? [on, on] : [`${monthOf(on)}-01`, lastOfMonth(on)]
  const items = await statementLines(ctx, { by: input.by, from, to, limit: 5000 })
  const sum = (pick: (line: (typeof items)[number]) => number): number => items.reduce((all, line) => all + pick(line), 0)
  return { period: input.by === 'day' ? on : monthOf(on), items, total: { toppedUp: sum((l) => l.toppedUp), charged: sum((l) => l.charged), charges: sum((l) => l.charges), orders: sum((l) => l.orders) }, agrees: items.every((line) => line.agrees) }
}

export const prepaidExport: ExportSource = {
  page: 'prepaidStatement', title: '预充值对账', permission: 'intake.prepaid',
  columns: [{ key: 'name', label: '企业' }, { key: 'period', label: '期间' }, { key: 'opening', label: '期初余额（元）' }, { key: 'toppedUp', label: '充值（元）' }, { key: 'charges', label: '计费件数' }, { key: 'charged', label: '计费（元）' }, { key: 'closing', label: '期末余额（元）' }, { key: 'orders', label: '提交工单数' }, { key: 'agrees', label: '核对' }],
  count: async (ctx, filter) => (await prepaidStatement(ctx, parse(filter))).items.length,
  async *rows(ctx, filter) {
    const { items } = await prepaidStatement(ctx, parse(filter))
    yield items.map((line) => ({ ...line, opening: yuan(line.opening), toppedUp: yuan(line.toppedUp), charged: yuan(line.charged), closing: yuan(line.closing), agrees: line.agrees ? '一致' : '不一致' }))
  },
}
function parse(filter: Record<string, unknown>): Input<typeof contract.prepaidStatement> {
  const read = contract.statementQuery.safeParse(filter)
  if (!read.success) throw kernelErrors('invalid', { fields: [{ path: 'filter', message: '期间不正确' }] })
  return read.data
}
