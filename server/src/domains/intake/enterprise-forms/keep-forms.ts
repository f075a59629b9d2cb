// Staff: which forms are offered to which enterprises, what came in, and the export of it.
import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull, toIso, type Instant } from '../../../kernel/time/index.ts'
import { formVersion, publishedForm, type FormField } from '../../forms/index.ts'
import { afterCursor, nextPage, setting, type ExportSource } from '../../platform/index.ts'
import { enterpriseLevels } from '../enterprises/enterprise.settings.ts'
import * as contract from './contract.ts'
import { enterpriseFormFail, kindNames, stateNames } from './offer.ts'

const MANAGE = 'intake.enterprises'
type Item = Output<typeof contract.listEnterpriseForms>['items'][number]

export async function listEnterpriseForms(ctx: Ctx): Promise<Output<typeof contract.listEnterpriseForms>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<Omit<Item, 'kindName' | 'stateName'>>`select f.id, f.definition_id as "definitionId", f.name, f.kind, f.effective_on as "effectiveOn", f.until_on as "untilOn", f.industries, f.levels, f.state, f.version, f.changed_by_name as "changedBy", f.changed_at as "changedAt",
      (select count(*)::int from intake_enterprise_form_entry e where e.tenant_id = f.tenant_id and e.enterprise_form_id = f.id) as entries from intake_enterprise_form f where f.tenant_id = ${ctx.tenantId} order by f.state, f.name limit 300`.execute(ctx.db())
  const industries = await sql<{ industry: string }>`select distinct industry from intake_enterprise where tenant_id = ${ctx.tenantId} and industry <> '' order by 1 limit 200`.execute(ctx.db())
  return { items: rows.map((row) => ({ ...row, kindName: kindNames[row.kind], stateName: stateNames[row.state] })), levels: (await setting(ctx, enterpriseLevels)).map(({ code, name }) => ({ code, name })), industries: industries.rows.map((one) => one.industry) }
}

/** The definition must be this tenant's and have a published version. */
async function checked(ctx: Ctx, input: Input<typeof contract.addEnterpriseForm>): Promise<string> {
  const form = await publishedForm(ctx, input.definitionId)
  if (!form) throw kernelErrors('invalid', { fields: [{ path: 'definitionId', message: '请选择已发布的表单' }] })
  if (input.untilOn !== null && input.untilOn < input.effectiveOn) throw kernelErrors('invalid', { fields: [{ path: 'untilOn', message: '不能早于生效日期' }] })
  const levels = new Set((await setting(ctx, enterpriseLevels)).map((one) => one.code))
  const unknown = input.levels.filter((code) => !levels.has(code))
  if (unknown.length > 0) throw kernelErrors('invalid', { fields: [{ path: 'levels', message: `没有这些等级：${unknown.join('、')}` }] })
  return form.name
}

export async function addEnterpriseForm(ctx: Ctx, input: Input<typeof contract.addEnterpriseForm>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const name = await checked(ctx, input)
  const id = newId()
  await sql`insert into intake_enterprise_form (tenant_id, id, definition_id, name, kind, effective_on, until_on, industries, levels, state, changed_at, changed_by_name)
    values (${ctx.tenantId}, ${id}, ${input.definitionId}, ${name}, ${input.kind}, ${input.effectiveOn}, ${input.untilOn}, ${input.industries}::text[], ${input.levels}::text[], 'draft', ${toIso(ctx.clock.now())}, ${ctx.actor.name})`.execute(ctx.db())
  return { id }
}

export async function changeEnterpriseForm(ctx: Ctx, input: Input<typeof contract.changeEnterpriseForm>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const name = await checked(ctx, input)
  const { rows } = await sql<{ version: number }>`select version from intake_enterprise_form where tenant_id = ${ctx.tenantId} and id = ${input.id} for update`.execute(ctx.db())
  if (!rows[0]) throw kernelErrors('notFound')
  if (rows[0].version !== input.version) throw kernelErrors('conflict', { current: { version: rows[0].version } })
  await sql`update intake_enterprise_form set definition_id = ${input.definitionId}, name = ${name}, kind = ${input.kind}, effective_on = ${input.effectiveOn}, until_on = ${input.untilOn}, industries = ${input.industries}::text[], levels = ${input.levels}::text[], state = ${input.state},
    version = version + 1, changed_at = ${toIso(ctx.clock.now())}, changed_by_name = ${ctx.actor.name} where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  return { version: input.version + 1 }
}

/** What somebody filled in keeps its form; such a form is stopped instead. */
export async function deleteEnterpriseForm(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const used = await sql`select 1 from intake_enterprise_form_entry where tenant_id = ${ctx.tenantId} and enterprise_form_id = ${input.id} limit 1`.execute(ctx.db())
  if (used.rows.length > 0) throw enterpriseFormFail('enterpriseFormUsed')
  const { rows } = await sql`delete from intake_enterprise_form where tenant_id = ${ctx.tenantId} and id = ${input.id} returning id`.execute(ctx.db())
  if (rows.length === 0) throw kernelErrors('notFound')
  return {}
}

type Row = Output<typeof contract.listEnterpriseFormEntries>['items'][number] & { versionId: string; data: Record<string, unknown> }
type Query = Omit<Input<typeof contract.listEnterpriseFormEntries>, 'limit' | 'cursor'>
const columns = sql`e.id, e.enterprise_form_id as "formId", e.form_name as "formName", e.enterprise_id as "enterpriseId", e.enterprise_name as "enterpriseName", e.by_name as by, e.at, e.version_id as "versionId", e.data`
const where = (ctx: Ctx, q: Query): RawBuilder<boolean> => sql<boolean>`e.tenant_id = ${ctx.tenantId} and coalesce(e.enterprise_form_id = ${q.formId ?? null}::uuid, true) and strpos(e.enterprise_name, ${q.enterprise ?? ''}) > 0 and coalesce(e.at >= ${q.from ?? null}::date, true) and coalesce(e.at < ${q.to ?? null}::date + 1, true)`
const read = async (ctx: Ctx, q: Query, cursor: string | undefined, limit: number) => {
  const { rows } = await sql<Row>`select ${columns} from intake_enterprise_form_entry e where ${where(ctx, q)} and ${afterCursor(cursor, 'e.at', 'e.id')} order by e.at desc, e.id desc limit ${limit + 1}`.execute(ctx.db())
  return nextPage(rows, limit, (row) => row.at)
}
const countOf = async (ctx: Ctx, q: Query): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from (select 1 from intake_enterprise_form_entry e where ${where(ctx, q)} limit 100001) b`.execute(ctx.db())).rows[0]?.n ?? 0
const view = ({ versionId: _v, data: _d, ...row }: Row) => row

export async function listEnterpriseFormEntries(ctx: Ctx, input: Input<typeof contract.listEnterpriseFormEntries>): Promise<Output<typeof contract.listEnterpriseFormEntries>> {
  authorize(ctx, MANAGE)
  const page = await read(ctx, input, input.cursor, input.limit)
  const n = await countOf(ctx, input)
  return { items: page.items.map(view), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

/** A value as people read it: choices by their labels. */
function textOf(field: FormField, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : textOf(field, one))).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  return field.choices?.find((one) => one.value === String(value))?.label ?? (typeof value === 'object' ? JSON.stringify(value) : String(value))
}

export async function getEnterpriseFormEntry(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getEnterpriseFormEntry>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<Row>`select ${columns} from intake_enterprise_form_entry e where e.tenant_id = ${ctx.tenantId} and e.id = ${input.id}`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  const { fields } = await formVersion(ctx, row.versionId)
  return { ...view(row), answers: fields.filter((field) => field.key in row.data).map((field) => ({ key: field.key, title: field.title, text: textOf(field, row.data[field.key]) })) }
}

const parse = (filter: Record<string, unknown>): Query => contract.enterpriseFormEntryQuery.omit({ limit: true, cursor: true }).parse(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== null && value !== undefined)))
const fixed = [{ key: 'enterpriseName', label: '企业' }, { key: 'formName', label: '表单' }, { key: 'by', label: '提交人' }, { key: 'at', label: '提交时间' }]

/** With one form chosen, its fields are columns; else all answers stand in one. */
export const enterpriseFormExport: ExportSource = {
  page: 'enterpriseForms', title: '企业专属表单', permission: MANAGE, columns: [],
  async columnsFor(ctx, filter) {
    const { formId } = parse(filter)
    if (!formId) return [...fixed, { key: 'answers', label: '填写内容' }]
    const { rows } = await sql<{ version_id: string }>`select version_id from intake_enterprise_form_entry where tenant_id = ${ctx.tenantId} and enterprise_form_id = ${formId} order by at desc limit 1`.execute(ctx.db())
    const latest = rows[0] ? (await formVersion(ctx, rows[0].version_id)).fields : []
    return [...fixed, ...latest.map((field) => ({ key: `f.${field.key}`, label: field.title }))]
  },
  count: (ctx, filter) => countOf(ctx, parse(filter)),
  async *rows(ctx, filter, _columns, { ids }) {
    const query = parse(filter)
    for (let cursor: string | undefined; ; ) {
      const page = await read(ctx, query, cursor, 200)
      const versions = new Map<string, FormField[]>()
      for (const row of page.items) if (!versions.has(row.versionId)) versions.set(row.versionId, (await formVersion(ctx, row.versionId)).fields)
      yield page.items.filter((row) => !ids || ids.includes(row.id)).map((row) => {
        const answers = (versions.get(row.versionId) ?? []).map((field) => ({ field, text: textOf(field, row.data[field.key]) }))
        return { enterpriseName: row.enterpriseName, formName: row.formName, by: row.by, at: formatFull(row.at as Instant), answers: answers.filter((one) => one.text !== '').map((one) => `${one.field.title}：${one.text}`).join('；'), ...Object.fromEntries(answers.map((one) => [`f.${one.field.key}`, one.text])) }
      })
      if (page.next === null) return
      cursor = page.next
    }
  },
}
