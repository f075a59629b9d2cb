// Many items out of a sheet: each good row becomes a draft of its own, bad rows say why; nothing is published by an import (KNO-08).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { centreUnit, setting, unitsNamed } from '../../platform/index.ts'
import { content, gapsOf, type Audience } from '../content.ts'
import { directoryPaths } from '../directory/directories.ts'
import { docOf } from '../document.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { importMost } from '../settings.ts'
import { audienceNames } from '../texts.zh-CN.ts'
import { typeByCode, typesOf } from '../types/types.ts'
import { createDraft } from './edit-item.ts'
import type * as contract from './item-contract.ts'
import { todayOf } from './item.policy.ts'
import { db } from './item.queries.ts'

type Sheet = Record<string, string>
type Column = { label: string; required: boolean; example: string }

const own: Column[] = [
  { label: '标题', required: true, example: '室温不达标怎么退费' }, { label: '知识类型', required: true, example: '问答' }, { label: '目录', required: true, example: '城市管理 / 供热供气' }, { label: '正文', required: true, example: '连续两天低于 18 ℃，可以申请退费。' },
  { label: '摘要', required: false, example: '' }, { label: '关键词', required: false, example: '供热、退费' }, { label: '问法', required: false, example: '暖气费怎么退；不热能退钱吗' }, { label: '责任单位', required: false, example: '不填为本单位' }, { label: '可见范围', required: false, example: '公众 / 全体工作人员 / 热线中心' },
  { label: '依据', required: false, example: '' }, { label: '来源', required: false, example: '' }, { label: '咨询方式', required: false, example: '' }, { label: '有效期起', required: false, example: '2026-01-01' }, { label: '有效期止', required: false, example: '' },
]

export async function importColumns(ctx: Ctx, input: Input<typeof contract.importColumns>): Promise<Output<typeof contract.importColumns>> {
  authorize(ctx, 'knowledge.edit')
  const type = await typeByCode(ctx, input.typeCode)
  return { columns: [...own.map((one) => (one.label === '知识类型' ? { ...one, example: type.name } : one)), ...type.fields.map((field) => ({ label: field.label, required: field.required, example: '' }))] }
}

const list = (text: string | undefined, by: RegExp): string[] => [...new Set((text ?? '').split(by).map((part) => part.trim()).filter(Boolean))]
const day = (text: string | undefined): string | null => (text ? text.slice(0, 10).replaceAll(/[./]/g, '-') : null)

/** Names of the sheet to ids, asked once a file. */
async function lookups(ctx: Ctx, rows: readonly Sheet[]) {
  const [types, paths, centre] = [await typesOf(ctx), await directoryPaths(ctx), await centreUnit(ctx)]
  const units = await unitsNamed(ctx, rows.map((row) => row['责任单位'] ?? '').filter(Boolean))
  const titles = new Set((await db(ctx).selectFrom('knowledge_item').select('title').where('tenant_id', '=', ctx.tenantId).where('state', '<>', 'discarded').where('title', 'in', rows.map((row) => row['标题'] ?? '')).execute()).map((row) => row.title))
  const audiences = new Map(Object.entries(audienceNames).filter(([key]) => key !== 'units').map(([key, name]) => [name, key as Audience]))
  return {
    titles, type: (name: string) => types.find((one) => (one.name === name || one.code === name) && one.enabled),
    directory: (name: string) => [...paths].filter(([, one]) => one.name === name || one.path.join('/') === name.replaceAll(/\s*[/／>]\s*/g, '/')).map(([id]) => id),
    unit: (name: string | undefined) => (name ? units.filter((unit) => unit.name === name || unit.code === name).map((unit) => unit.id) : [ctx.actor.unitIds[0] ?? centre.id]), audience: (name: string | undefined) => (name ? audiences.get(name) : 'staff'),
  }
}

export async function importItems(ctx: Ctx, input: Input<typeof contract.importItems>): Promise<Output<typeof contract.importItems>> {
  authorize(ctx, 'knowledge.edit')
  const most = await setting(ctx, importMost)
  if (input.rows.length > most) throw knowledgeFail('tooManyRows', { params: { most, rows: input.rows.length } })
  const [known, today, seen, failed] = [await lookups(ctx, input.rows), await todayOf(ctx), new Set<string>(), [] as Output<typeof contract.importItems>['failed']]
  let added = 0
  for (const [at, row] of input.rows.entries()) {
    const title = (row['标题'] ?? '').trim()
    const messages: string[] = []
    const [type, directories, units, audience] = [known.type(row['知识类型'] ?? ''), known.directory(row['目录'] ?? ''), known.unit(row['责任单位']), known.audience(row['可见范围'])]
    if (!type) messages.push(`知识类型“${row['知识类型'] ?? ''}”不存在或已停用`)
    if (directories.length !== 1) messages.push(directories.length === 0 ? `目录“${row['目录'] ?? ''}”不存在` : `目录“${row['目录'] ?? ''}”有多个，请写全路径`)
    if (units.length !== 1) messages.push(`责任单位“${row['责任单位'] ?? ''}”${units.length === 0 ? '不存在' : '有多个，请填编码'}`)
    if (!audience) messages.push(`可见范围“${row['可见范围'] ?? ''}”不认识`)
    if (title !== '' && (known.titles.has(title) || seen.has(title))) messages.push('已有同名的知识')
    if (messages.length === 0 && type) {
      const read = content.safeParse({
        typeCode: type.code, directoryId: directories[0], ownerUnitId: units[0], audience, title, summary: row['摘要'] ?? '', keywords: list(row['关键词'], /[\s、，,；;]+/), wordings: list(row['问法'], /[；;\n]+/), body: docOf(row['正文'] ?? ''), basis: row['依据'] ?? '', source: row['来源'] ?? '', contact: row['咨询方式'] ?? '',
        validFrom: day(row['有效期起']), validTo: day(row['有效期止']), fields: Object.fromEntries(type.fields.flatMap((field) => (row[field.label] ? [[field.key, row[field.label]]] : []))),
      })
      if (!read.success) messages.push(...read.error.issues.map((issue) => issue.message))
      else {
        messages.push(...gapsOf(read.data, type, { files: 0, today }).map((gap) => gap.message))
        if (messages.length === 0 && !input.check) {
          try {
            await runNested(ctx, () => createDraft(ctx, read.data, { origin: { source: 'import' } }))
          } catch (error) {
            if (!(error instanceof AppError)) throw error
            messages.push(error.refusal.fields?.[0]?.message ?? error.title)
          }
        }
      }
    }
    if (messages.length > 0) failed.push({ row: at + 2, title, message: messages.join('；') })
    else { added++; seen.add(title) }
  }
  return { added, failed }
}
