// Rows and columns put in before the selection, or taken out with it.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { notify } from '../../../ui/notices.ts'
import type { Area, Definition } from './book.ts'
import { shiftLines, type Shift } from './shift.ts'
import { s } from './sheets.zh-CN.ts'

const MOST = { row: 2000, column: 200 } as const
const broken = (d: Definition): number => d.book.sheets.reduce((n, sheet) => n + Object.values(sheet.cells).filter((cell) => cell.formula?.includes('#REF!')).length, 0)

export function LinesBar({ d, at, area, onChange }: { d: Definition; at: number; area: Area; onChange: (next: Definition) => void }): ReactElement {
  const sheet = d.book.sheets[at]
  const button = (axis: Shift['axis'], out: boolean): ReactElement => {
    const [from, to, all] = axis === 'row' ? [area.row, area.toRow, sheet?.rows ?? 0] : [area.column, area.toColumn, sheet?.columns ?? 0]
    const count = to - from + 1
    const act = (): void => {
      const next = shiftLines(d, at, { axis, at: from, count: out ? -count : count })
      if (broken(next) > broken(d)) notify({ level: 'P3', title: s('goneRefs') })
      onChange(next)
    }
    return <Button size="small" disabled={out ? count >= all : all + count > MOST[axis]} title={out ? undefined : s('insertHint')} onClick={act}>{s(out ? (axis === 'row' ? 'deleteRows' : 'deleteColumns') : axis === 'row' ? 'insertRows' : 'insertColumns')}</Button>
  }
  return <div className="ms-book-bar" role="toolbar" aria-label={s('lines')}>{button('row', false)}{button('row', true)}{button('column', false)}{button('column', true)}</div>
}
