// The enterprise's side: the forms it may fill in today, and filling one in. The same rule offers and refuses.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate, toIso } from '../../../kernel/time/index.ts'
import { publishedForm, validateForm } from '../../forms/index.ts'
import { notify } from '../../platform/index.ts'
import { levelFor, ownEnterprise, seesAll, submittingEnterprise, type EnterpriseRow } from '../enterprises/enterprise.queries.ts'
import { stateNames as accountStates } from '../enterprises/enterprise.ts'
import type * as contract from './contract.ts'
import { enterpriseFormFail, isOffered, kindNames } from './offer.ts'

/** Whose account it is; `ownEnterprise` has let in nobody else. */
const accountId = (ctx: Ctx): string => ctx.actor.id ?? ''

type Form = { id: string; definitionId: string; name: string; kind: keyof typeof kindNames; state: string; effectiveOn: string; untilOn: string | null; industries: string[]; levels: string[] }

async function offeredTo(ctx: Ctx, enterprise: EnterpriseRow, formId?: string): Promise<Form[]> {
  const { rows } = await sql<Form>`select id, definition_id as "definitionId", name, kind, state, effective_on as "effectiveOn", until_on as "untilOn", industries, levels from intake_enterprise_form where tenant_id = ${ctx.tenantId} and state = 'published' and coalesce(id = ${formId ?? null}::uuid, true) order by name limit 100`.execute(ctx.db())
  const level = (await levelFor(ctx, enterprise)).level?.code ?? null
  const today = localDate(ctx.clock.now())
  return rows.filter((form) => isOffered(form, today, { industry: enterprise.industry, level }))
}

export async function offeredEnterpriseForms(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.offeredEnterpriseForms>> {
  const { row, role } = await ownEnterprise(ctx, input.id)
  const items: Output<typeof contract.offeredEnterpriseForms>['items'] = []
  for (const form of row.state === 'active' ? await offeredTo(ctx, row) : []) {
    const found = await publishedForm(ctx, form.definitionId)
    if (found) items.push({ id: form.id, name: form.name, kindName: kindNames[form.kind], versionId: found.versionId, schema: found.schema })
  }
  const all = await seesAll(ctx, role)
  const filled = await sql<Output<typeof contract.offeredEnterpriseForms>['filled'][number]>`select id, form_name as "formName", at from intake_enterprise_form_entry where tenant_id = ${ctx.tenantId} and enterprise_id = ${row.id} and (${all} or account_id = ${accountId(ctx)}) order by at desc, id desc limit 20`.execute(ctx.db())
  return { items, filled: filled.rows }
}

/** @throws 404 for a form of nobody's, 403 for one that is not offered, 409 when another version is in force, 422 at the fields */
export async function fillEnterpriseForm(ctx: Ctx, input: Input<typeof contract.fillEnterpriseForm>): Promise<{ id: string }> {
  const enterprise = await submittingEnterprise(ctx, input.id, (state) => accountStates[state])
  const known = await sql`select 1 from intake_enterprise_form where tenant_id = ${ctx.tenantId} and id = ${input.formId} and state <> 'draft'`.execute(ctx.db())
  if (known.rows.length === 0) throw kernelErrors('notFound')
  const [form] = await offeredTo(ctx, enterprise, input.formId)
  if (!form) throw enterpriseFormFail('enterpriseFormNotOffered', { rule: 'enterpriseForm.offered' })
  const published = await publishedForm(ctx, form.definitionId)
  if (published?.versionId !== input.versionId) throw enterpriseFormFail('enterpriseFormChanged')
  const data = await validateForm(ctx, input.versionId, input.formData)
  const id = newId()
  const made = await sql<{ id: string }>`insert into intake_enterprise_form_entry (tenant_id, id, enterprise_form_id, form_name, version_id, enterprise_id, enterprise_name, account_id, by_name, client_key, data, at)
    values (${ctx.tenantId}, ${id}, ${form.id}, ${form.name}, ${input.versionId}, ${enterprise.id}, ${enterprise.name}, ${accountId(ctx)}, ${ctx.actor.name}, ${`${accountId(ctx)}:${input.clientKey}`}, ${JSON.stringify(data)}::jsonb, ${toIso(ctx.clock.now())}) on conflict (tenant_id, client_key) do nothing returning id`.execute(ctx.db())
  if (made.rows.length === 0) {
    const before = await sql<{ id: string }>`select id from intake_enterprise_form_entry where tenant_id = ${ctx.tenantId} and client_key = ${`${accountId(ctx)}:${input.clientKey}`}`.execute(ctx.db())
    return { id: before.rows[0]?.id ?? id }
  }
  await notify(ctx, { type: 'todo', to: { permission: 'intake.enterprises' }, title: `${enterprise.name}提交了“${form.name}”`, link: `/content/enterprise-forms?entry=${id}`, objectType: 'enterpriseForm', objectId: id, level: 'P3' })
  return { id }
}
