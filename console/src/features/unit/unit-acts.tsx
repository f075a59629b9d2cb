// Acts of rows: the drawer of one act over any list of assignments.
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { RowAct } from '../../ui/ListPage.tsx'
import { AssignmentAct, useSign } from '../orders/acts/index.ts'
import { t } from './texts.zh-CN.ts'
import type { UnitRow } from './unit-data.ts'

const acts = ['sign', 'feedback', 'progress', 'accept', 'sendBack', 'handDown', 'contact', 'requestReturn', 'requestExtension', 'takeBack', 'correctClosing', 'secondHandling'] as const
export type UnitAct = (typeof acts)[number]

export const actLabel = (act: UnitAct): string => t(`act.${act}`)
/** Acts of the row in the order of their weight, as far as this console knows them. */
export const actsOf = (row: UnitRow): UnitAct[] => acts.filter((act) => row.acts.includes(act))
export const orderOf = (row: UnitRow) => ({ id: row.orderId, number: row.number, title: row.title })

export function useRowActs(): { start: (row: UnitRow, act: UnitAct) => void; rowActs: (row: UnitRow) => RowAct[]; drawers: ReactElement | null } {
  const [target, setTarget] = useState<{ row: UnitRow; act: UnitAct } | null>(null)
  const sign = useSign()
  const start = (row: UnitRow, act: UnitAct) => (act === 'sign' ? void sign(row, orderOf(row)) : setTarget({ row, act }))
  return {
    start,
    rowActs: (row) => actsOf(row).map((act) => ({ id: act, label: actLabel(act), run: () => start(row, act) })),
    drawers: target ? <AssignmentAct key={`${target.row.id}${target.act}`} act={target.act} assignment={target.row} order={orderOf(target.row)} onClose={() => setTarget(null)} /> : null,
  }
}
