// How the selected cells look: a few buttons, each for the whole selection; merging; sizes.
import { Button, ColorPicker, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { cellAt, setMerge, setSheet, setStyle, type Area, type Book, type Style } from './book.ts'
import { s } from './sheets.zh-CN.ts'

const formats = ['', '0', '#,##0', '0.0%', '0.00'] as const
const thin = { style: 'thin' }
type Align = NonNullable<NonNullable<Style['align']>['h']>

export function StyleBar({ book, at, area, onChange }: { book: Book; at: number; area: Area; onChange: (next: Book) => void }): ReactElement {
  const sheet = book.sheets[at]
  const style = book.styles[sheet?.cells[cellAt(area.row, area.column)]?.style ?? -1] ?? {}
  const change = (next: (held: Style, cell: { row: number; column: number }) => Style): void => onChange(setStyle(book, at, area, next))
  const align = (h: Align): ReactElement => <Button size="small" type={style.align?.h === h ? 'primary' : 'default'} onClick={() => change((held) => ({ ...held, align: { ...held.align, h, v: held.align?.v ?? 'middle' } }))}>{s(h as 'left')}</Button>
  const merged = sheet?.merges.some((m) => m.startsWith(`${cellAt(area.row, area.column)}:`)) ?? false
  const single = area.row === area.toRow && area.column === area.toColumn
  const { font } = style
  const size = (key: 'widths' | 'heights', from: number, to: number, n: number | null): void => onChange(setSheet(book, at, (one) => ({ ...one, [key]: { ...one[key], ...Object.fromEntries(Array.from({ length: to - from + 1 }, (_, i) => [from + i, n ?? 0])) } })))
  return (
    <div className="ms-book-bar" role="toolbar" aria-label={s('look')}>
      <Button size="small" type={font?.bold ? 'primary' : 'default'} onClick={() => change((held) => { const { bold, ...rest } = held.font ?? {}; return { ...held, font: bold ? rest : { ...rest, bold: true } } })}>{s('bold')}</Button>
      <InputNumber size="small" aria-label={s('fontSize')} prefix={s('fontSize')} style={{ inlineSize: 92 }} min={6} max={72} value={font?.size ?? 11} onChange={(n) => { if (n) change((held) => ({ ...held, font: { ...held.font, size: n } })) }} />
      {align('left')}{align('center')}{align('right')}
      <Button size="small" type={style.align?.wrap ? 'primary' : 'default'} onClick={() => change((held) => { const { wrap, ...rest } = held.align ?? {}; return { ...held, align: wrap ? rest : { ...rest, wrap: true } } })}>{s('wrap')}</Button>
      <Button size="small" onClick={() => change((held) => ({ ...held, border: { ...held.border, top: thin, right: thin, bottom: thin, left: thin } }))}>{s('border')}</Button>
      <Button size="small" onClick={() => change(({ border: _gone, ...held }) => held)}>{s('noBorder')}</Button>
      <Button size="small" title="左上写横向，右下写纵向：单位\指标" type={style.border?.down ? 'primary' : 'default'} onClick={() => change((held) => { const { down, ...rest } = held.border ?? {}; return { ...held, border: down ? rest : { ...rest, down: thin } } })}>{s('slanted')}</Button>
      <Button size="small" disabled={single && !merged} onClick={() => onChange(setMerge(book, at, area, !merged))}>{s(merged ? 'unmerge' : 'merge')}</Button>
      <ColorPicker size="small" allowClear disabledAlpha value={style.fill ?? null} onChangeComplete={(colour) => change(({ fill: _old, ...held }) => (colour.cleared ? held : { ...held, fill: colour.toHexString().slice(0, 7).toUpperCase() }))} showText={() => s('fillColour')} />
      <Select size="small" aria-label={s('format')} style={{ inlineSize: 104 }} value={style.format ?? ''} options={[...formats.map((value) => ({ value: value as string, label: s(`format.${value}`) })), ...(style.format && !formats.some((f) => f === style.format) ? [{ value: style.format, label: style.format }] : [])]} onChange={(format: string) => change(({ format: _old, ...held }) => (format === '' ? held : { ...held, format }))} />
      <InputNumber size="small" aria-label={s('columnWidth')} prefix={s('columnWidth')} style={{ inlineSize: 96 }} min={0} max={120} value={sheet?.widths[area.column] ?? 9} onChange={(n) => size('widths', area.column, area.toColumn, n)} />
      <InputNumber size="small" aria-label={s('rowHeight')} prefix={s('rowHeight')} style={{ inlineSize: 96 }} min={0} max={400} value={sheet?.heights[area.row] ?? 15} onChange={(n) => size('heights', area.row, area.toRow, n)} />
    </div>
  )
}
