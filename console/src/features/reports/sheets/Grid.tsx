// A sheet as a table: merged heads, slanted corners, sizes and styles as in the file. Rows are drawn anew only when theirs changes.
import { memo, useMemo } from 'react'
import type { KeyboardEvent, MouseEvent, ReactElement, ReactNode } from 'react'
import { cellAt, cssOf, heightOf, lettersOf, mergesOf, placeOf, widthOf, within, type Area, type Sheet, type Style } from './book.ts'

export type Drawn = { text: string; number: boolean; tone?: 'bound' | 'entry' | 'fault'; title?: string; control?: ReactNode }
type Props = { sheet: Sheet; styles: readonly Style[]; draw: (cell: string) => Drawn; selected?: Area; heads?: boolean; label: string; onSelect?: (cell: string, extend: boolean) => void; onKey?: (event: KeyboardEvent) => void; onOpen?: () => void }

const cellOf = (event: MouseEvent): string | undefined => (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined)

export function Grid({ sheet, styles, draw, selected, heads, label, onSelect, onKey, onOpen }: Props): ReactElement {
  const { spans, hidden } = useMemo(() => mergesOf(sheet), [sheet])
  const columns = Array.from({ length: sheet.columns }, (_, i) => i + 1)
  const width = columns.reduce((n, c) => n + widthOf(sheet, c), heads ? 36 : 0)
  return (
    <div className="ms-book" data-design={heads || undefined} data-landscape={sheet.page?.landscape || undefined} role="presentation" tabIndex={onKey ? 0 : undefined} onKeyDown={onKey} onDoubleClick={onOpen} onMouseDown={onSelect ? (event) => { const cell = cellOf(event); if (cell) onSelect(cell, event.shiftKey) } : undefined} onMouseMove={onSelect ? (event) => { if (event.buttons !== 1) return; const cell = cellOf(event); if (cell) onSelect(cell, true) } : undefined}>
      <table style={{ inlineSize: width }}>
        <caption className="ms-hidden">{label}</caption>
        <colgroup>{heads ? <col style={{ width: 36 }} /> : null}{columns.map((c) => <col key={c} style={{ width: widthOf(sheet, c) }} />)}</colgroup>
        {heads ? <thead><tr><th aria-hidden="true" />{columns.map((c) => <th key={c} scope="col" data-on={(selected && c >= selected.column && c <= selected.toColumn) || undefined}>{lettersOf(c)}</th>)}</tr></thead> : null}
        <tbody>{Array.from({ length: sheet.rows }, (_, i) => i + 1).map((row) => <Row key={row} row={row} sheet={sheet} styles={styles} spans={spans} hidden={hidden} draw={draw} heads={heads ?? false} selected={selected && row >= selected.row && row <= selected.toRow ? selected : undefined} />)}</tbody>
      </table>
    </div>
  )
}

type RowProps = { row: number; sheet: Sheet; styles: readonly Style[]; spans: Map<string, Area>; hidden: Set<string>; draw: Props['draw']; heads: boolean; selected: Area | undefined }
const Row = memo(function Row({ row, sheet, styles, spans, hidden, draw, heads, selected }: RowProps): ReactElement | null {
  const height = heightOf(sheet, row)
  if (height === 0) return null
  const style = (cell: string): Style | undefined => styles[sheet.cells[cell]?.style ?? -1]
  return (
    <tr style={{ blockSize: height }}>
      {heads ? <th scope="row" data-on={selected ? true : undefined}>{row}</th> : null}
      {Array.from({ length: sheet.columns }, (_, i) => i + 1).map((column) => {
        const cell = cellAt(row, column)
        if (hidden.has(cell)) return null
        const span = spans.get(cell)
        const own = style(cell)
        const { text, number, tone, title, control } = draw(cell)
        const parts = own?.border?.down && text.includes('\\') ? text.split('\\') : null
        return (
          <td key={cell} data-cell={cell} data-tone={tone} title={title} data-on={(selected && within(selected, row, column)) || undefined} style={cssOf(own, span ? style(cellAt(span.toRow, span.toColumn)) : own, number)} {...(span ? { rowSpan: span.toRow - span.row + 1, colSpan: span.toColumn - span.column + 1 } : {})}>
            {control ?? (parts ? <span className="ms-book-slant"><span>{parts[1]}</span><span>{parts[0]}</span></span> : text)}
          </td>
        )
      })}
    </tr>
  )
})

const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

/** Where an arrow key leads from a cell, over merged areas; null for other keys. */
export function moved(sheet: Sheet, from: string, key: string): string | null {
  const step = steps[key]
  if (!step) return null
  const { spans, hidden } = mergesOf(sheet)
  const area = spans.get(from) ?? { ...placeOf(from), toRow: placeOf(from).row, toColumn: placeOf(from).column }
  let [row, column] = [step[0] > 0 ? area.toRow + 1 : area.row + step[0], step[1] > 0 ? area.toColumn + 1 : area.column + step[1]]
  if (row < 1 || column < 1 || row > sheet.rows || column > sheet.columns) return from
  if (hidden.has(cellAt(row, column))) for (const one of spans.values()) if (within(one, row, column)) [row, column] = [one.row, one.column]
  return cellAt(row, column)
}
