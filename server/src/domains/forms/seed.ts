// The forms that a tenant starts with; administrators change them by new versions.
import type { Ctx } from '../../kernel/ctx.ts'
import { createForm } from './create-form.ts'
import type { FormSchema } from './form-schema.ts'
import { bindForm, publishFormVersion } from './publish-form.ts'
import type { FormsTables } from './tables.gen.ts'

type Shipped = { key: string; name: string; appealTypes: string[]; schema: FormSchema }

const complaint: FormSchema = {
  type: 'object',
  properties: {
    eventTime: { type: 'string', format: 'date-time', title: '事发时间' },
    target: { type: 'string', format: 'text', title: '被投诉对象', maxLength: 100, description: '单位、商户或人员的名称' },
    ongoing: { type: 'boolean', title: '问题仍在持续' },
    handledBefore: { type: 'string', title: '此前是否反映过', enum: ['未反映', '向单位反映过', '拨打过热线'], 'x-buttons': true },
    handledResult: { type: 'string', format: 'textarea', title: '此前的处理情况', maxLength: 500, 'x-visibleIf': { field: 'handledBefore', in: ['向单位反映过', '拨打过热线'] } },
    evidence: { type: 'string', format: 'textarea', title: '证据说明', maxLength: 500, description: '照片、票据、录音等，可同时上传附件' },
  },
  required: ['eventTime'],
  'x-groups': [{ title: '投诉要素', fields: ['eventTime', 'target', 'ongoing', 'handledBefore', 'handledResult', 'evidence'] }],
}

const help: FormSchema = {
  type: 'object',
  properties: {
    expectTime: { type: 'string', format: 'date', title: '希望解决的日期' },
    affected: { type: 'integer', title: '受影响户数', minimum: 1, maximum: 100_000, 'x-unit': '户' },
    vulnerable: { type: 'array', title: '特殊情况', items: { type: 'string', enum: ['老人独居', '病人', '孕产妇', '婴幼儿', '残疾人'] } },
  },
}

const shipped: Shipped[] = [
  { key: 'complaint', name: '投诉举报登记表', appealTypes: ['complaint', 'report'], schema: complaint },
  { key: 'help', name: '求助登记表', appealTypes: ['help'], schema: help },
]

/** A form that another domain ships: made, published and bound once; a tenant that has one of this key keeps its own. */
export async function shipForm(ctx: Ctx, form: { key: string; name: string; schema: FormSchema; caseProfile: string }): Promise<void> {
  if (await ctx.db<FormsTables>().selectFrom('form_definition').select('id').where('tenant_id', '=', ctx.tenantId).where('key', '=', form.key).executeTakeFirst()) return
  const { id, versionId } = await createForm(ctx, { key: form.key, name: form.name, business: 'order', schema: form.schema })
  await publishFormVersion(ctx, { id: versionId })
  await bindForm(ctx, { id, appealType: null, matterId: null, line: null, caseProfile: form.caseProfile, channel: null })
}

/** Gives the context's tenant the shipped forms it does not have yet; what it changed stays. */
export async function ensureForms(ctx: Ctx): Promise<void> {
  const held = new Set((await ctx.db<FormsTables>().selectFrom('form_definition').select('key').where('tenant_id', '=', ctx.tenantId).execute()).map((row) => row.key))
  for (const form of shipped) {
    if (held.has(form.key)) continue
    const { id, versionId } = await createForm(ctx, { key: form.key, name: form.name, business: 'order', schema: form.schema })
    await publishFormVersion(ctx, { id: versionId })
    for (const appealType of form.appealTypes) await bindForm(ctx, { id, appealType, matterId: null, line: null, caseProfile: null, channel: null })
  }
}
