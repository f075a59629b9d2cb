// A batch of list rows: each row by itself, with its own error; the good ones stay.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { addDays, isLocalDate, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { askApproval } from './approve-entries.ts'
import { awaits, dropEntry, entryOf, type EntryRow, insertEntry, stateFor, updateEntry } from './keep-entries.ts'
import type * as contract from './list-contract.ts'
import { coveredBy, listKindNames, listKinds, type ListKind, type Weekly } from './list-entry.ts'

type Row = Input<typeof contract.importEntries>['rows'][number]
type Act = 'add' | 'change' | 'remove'
class RowError extends Error {
  readonly field: string
  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

const actWords: Record<string, Act> = { '': 'add', 新增: 'add', 增加: 'add', 修改: 'change', 变更: 'change', 删除: 'remove', 移除: 'remove' }

export async function importEntries(ctx: Ctx, input: Input<typeof contract.importEntries>) {
  authorize(ctx, 'telephony.lists')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const done = { add: 0, change: 0, remove: 0 }
  const waiting: EntryRow[] = []
  const errors: { row: number; field: string; message: string }[] = []
  for (const [index, row] of input.rows.entries()) {
    try {
      const { act, entry } = await runNested(ctx, () => applyRow(ctx, row, timeZone))
      done[act] += 1
      if (entry && awaits(entry)) waiting.push(entry)
    } catch (error) {
      if (error instanceof RowError) errors.push({ row: index + 1, field: error.field, message: error.message })
      else if (error instanceof AppError) errors.push({ row: index + 1, field: error.refusal.fields?.[0]?.path ?? 'number', message: error.refusal.fields?.[0]?.message ?? error.title })
      else throw error
    }
  }
  // One approval for the whole batch.
  await askApproval(ctx, waiting)
  return { added: done.add, changed: done.change, removed: done.remove, errors }
}

async function applyRow(ctx: Ctx, row: Row, timeZone: string): Promise<{ act: Act; entry: EntryRow | null }> {
  const act = actWords[row.act.trim()]
  if (!act) throw new RowError('act', `操作“${row.act}”不是新增、修改或删除`)
  const kind = kindOf(row.kind)
  const covered = coveredBy(row.number)
  if (!covered) throw new RowError('number', `号码“${row.number}”格式不正确`)
  const known = act === 'add' ? undefined : await entryOf(ctx, kind, covered)
  if (act !== 'add' && !known) throw new RowError('number', `${listKindNames[kind]}中没有该号码`)
  if (act === 'remove' && known) {
    await dropEntry(ctx, known, row.reason.trim() || '批量移除')
    return { act, entry: null }
  }
  const what = { reason: row.reason.trim(), validFrom: dayOf(row.validFrom, 'validFrom', timeZone), validTo: dayOf(row.validTo, 'validTo', timeZone, 1), weekly: weeklyOf(row) }
  if (what.reason === '') throw new RowError('reason', '请填写原因')
  return { act, entry: known ? await updateEntry(ctx, known, what) : await insertEntry(ctx, { ...what, kind, number: row.number }, 'batch', await stateFor(ctx, kind)) }
}

function kindOf(text: string): ListKind {
  const kind = listKinds.find((k) => k === text.trim() || listKindNames[k] === text.trim() || listKindNames[k].slice(0, 1) === text.trim())
  if (!kind) throw new RowError('kind', `名单“${text}”不是黑名单、白名单或红名单`)
  return kind
}

/** The last day counts whole. */
function dayOf(text: string, field: string, timeZone: string, plusDays = 0): Instant | null {
  const day = text.trim().replaceAll('/', '-').slice(0, 10)
  if (day === '') return null
  if (!isLocalDate(day)) throw new RowError(field, `日期“${text}”不正确，请填写如 2026-11-18`)
  return startOfDay(addDays(day, plusDays), timeZone)
}

function weeklyOf(row: Row): Weekly | null {
  if (row.days.trim() === '' && row.from.trim() === '' && row.to.trim() === '') return null
  const days = row.days.trim() === '' ? [1, 2, 3, 4, 5, 6, 7] : [...new Set([...row.days.replaceAll('日', '7').replaceAll(/[一二三四五六]/g, (c) => String('一二三四五六'.indexOf(c) + 1))].filter((c) => /[1-7]/.test(c)).map(Number))]
  const time = /^([01]?\d|2[0-3]):[0-5]\d$/
  const [from, to] = [row.from.trim() || '00:00', row.to.trim() || '23:59']
  if (days.length === 0 || !time.test(from) || !time.test(to) || from === to) throw new RowError('days', '时段不正确，请填写如 12345、09:00、17:00')
  return { days, from: from.padStart(5, '0'), to: to.padStart(5, '0') }
}
