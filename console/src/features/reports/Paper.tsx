// A report as it will be printed: every counted number opens its rows; texts can be edited where that is allowed.
import { Button, Drawer, Input, Tooltip } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { shown } from '../data/values.ts'
import { BehindFigure } from '../data/BehindFigure.tsx'
import { changeOf } from '../analytics/question.ts'
import { changeWords, toneOf } from '../analytics/change.ts'
import { t } from './texts.zh-CN.ts'
import '../analytics/analytics.css'
import '../data/data.css'
import './reports.css'

export type Content = OutputOf<'showReport'>['content']
export type BlockOf = Content['sections'][number]['blocks'][number]
type TextBlock = Extract<BlockOf, { kind: 'text' }>
type DataBlock = Extract<BlockOf, { kind: 'data' }>
type Run = TextBlock['runs'][number]
type Figure = NonNullable<Run['figure']>
type Open = (figure: Figure) => void

const grouped = (text: string): string => text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+(?!\d))/g, ','))
export const plain = (runs: readonly Run[]): string => runs.map((r) => r.text).join('')

function Runs({ runs, onOpen }: { runs: readonly Run[]; onOpen: Open }): ReactElement {
  return (
    <>{runs.map((r, i) => {
      const { figure } = r
      if (r.untraced) return <Tooltip key={i} title={t('untraced')}><mark className="ms-report-untraced">{r.text}</mark></Tooltip>
      if (!figure) return <span key={i}>{r.text}</span>
      return figure.counted ? <Tooltip key={i} title={t('definitionOf', { statement: figure.statement })}><button type="button" className="ms-report-figure" aria-label={t('openFigure', { name: figure.name })} onClick={() => onOpen(figure)}>{r.text}</button></Tooltip> : <Tooltip key={i} title={t('definitionOf', { statement: figure.statement })}><strong>{r.text}</strong></Tooltip>
    })}</>
  )
}

const figureOf = (block: DataBlock, column: DataBlock['answer']['columns'][number], keys: Figure['keys']): Figure => ({ indicator: column.code, name: column.name, counted: column.counted, statement: column.statement, from: block.answer.from, to: block.answer.to, where: block.answer.where, keys })

function Value({ block, column, values, keys, onOpen }: { block: DataBlock; column: DataBlock['answer']['columns'][number]; values: Record<string, string | null>; keys: Figure['keys']; onOpen: Open }): ReactElement {
  const text = grouped(shown(values[column.code], column.unit))
  return column.counted && (values[column.code] ?? '0') !== '0' ? <button type="button" className="ms-report-figure" aria-label={t('openFigure', { name: column.name })} onClick={() => onOpen(figureOf(block, column, keys))}>{text}</button> : <>{text}</>
}

const change = (block: DataBlock, column: DataBlock['answer']['columns'][number], values: Record<string, string | null>, before: Record<string, string | null> | null | undefined): ReactNode => {
  if (!block.answer.compare || !before) return null
  const number = (v: string | null | undefined): number | null => (v === null || v === undefined ? null : Number(v))
  const found = changeOf(column, number(values[column.code]), number(before[column.code]))
  return found.text === 'none' ? null : <small className="ms-analytics-change" data-tone={toneOf(found)}>{changeWords(found)}</small>
}

function DataView({ block, picture, onOpen }: { block: DataBlock; picture: (block: DataBlock) => ReactElement; onOpen: Open }): ReactElement {
  const { answer } = block
  const said = block.sentence.length > 0 ? <p className="ms-report-said"><Runs runs={block.sentence} onOpen={onOpen} /></p> : null
  if (block.look === 'cards') return <><div className="ms-report-cards">{answer.columns.map((c) => <div key={c.code}><span className="ms-hint">{c.name}</span><b><Value block={block} column={c} values={answer.total} keys={[]} onOpen={onOpen} /><small>{c.unit === '%' ? '' : c.unit}</small></b>{change(block, c, answer.total, answer.before?.total)}</div>)}</div>{said}</>
  const nothing = answer.rows.length === 0
  if (block.look !== 'table') return <figure><figcaption>{block.title}</figcaption>{nothing ? <p className="ms-hint">{t('noData')}</p> : picture(block)}{said}</figure>
  const heads = Math.max(1, answer.rows[0]?.keys.length ?? 0)
  return (
    <figure>
      <figcaption>{block.title}</figcaption>{said}
      {nothing ? <p className="ms-hint">{t('noData')}</p> : (
        <table className="ms-plain-table">
          <thead><tr>{Array.from({ length: heads }, (_, i) => <th key={i} scope="col">{answer.heads[i] || t('nameOf')}</th>)}{answer.columns.map((c) => <th key={c.code} scope="col" className="ms-data-end">{c.name}{c.unit && c.unit !== '%' ? `（${c.unit}）` : ''}</th>)}</tr></thead>
          <tbody>
            {answer.rows.map((row) => <tr key={row.keys.map((k) => k.key).join('|')}>{row.keys.map((k) => <th key={k.dimension} scope="row">{k.name}</th>)}{answer.columns.map((c) => <td key={c.code} className="ms-data-end"><Value block={block} column={c} values={row.values} keys={row.keys} onOpen={onOpen} /> {change(block, c, row.values, row.before)}</td>)}</tr>)}
            <tr className="ms-data-total"><th scope="row" colSpan={heads}>{t('total')}</th>{answer.columns.map((c) => <td key={c.code} className="ms-data-end"><Value block={block} column={c} values={answer.total} keys={[]} onOpen={onOpen} /></td>)}</tr>
          </tbody>
        </table>
      )}
    </figure>
  )
}

export type Editing = { save: (block: string, text: string, was: string) => Promise<boolean>; /** Which text is open, told to the others. */ onOpen: (block: string | null) => void; others: readonly { name: string; block: string | null }[] }

function TextView({ block, editing, onOpen }: { block: TextBlock; editing: Editing | null; onOpen: Open }): ReactElement {
  const [text, setText] = useState<string | null>(null)
  const [compare, setCompare] = useState(false)
  const [busy, setBusy] = useState(false)
  const was = plain(block.runs)
  const here = editing?.others.filter((one) => one.block === block.id).map((one) => one.name).join('、') ?? ''
  const open = (next: string | null): void => { setText(next); editing?.onOpen(next === null ? null : block.id) }
  const save = async (next: string): Promise<void> => {
    setBusy(true)
    if (await editing?.save(block.id, next, was)) open(null)
    setBusy(false)
  }
  if (text !== null) return (
    <div className="ms-report-editing">
      <Input.TextArea aria-label={t('edit')} autoFocus autoSize={{ minRows: 3 }} maxLength={5000} value={text} onChange={(e) => setText(e.target.value)} />
      {here ? <p className="ms-note" data-tone="near">{t('editingHere', { names: here })}</p> : null}
      <p className="ms-hint">{t('editHint')}</p>
      {block.by ? <p className="ms-hint">{t('generatedText')}{plain(block.generated)}</p> : null}
      <div className="ms-row"><Button type="primary" size="small" loading={busy} disabled={text.trim() === '' || text === was} onClick={() => void save(text)}>{t('save')}</Button><Button size="small" onClick={() => open(null)}>{t('cancel')}</Button>{block.by ? <Button size="small" type="link" onClick={() => void save('')}>{t('asGenerated')}</Button> : null}</div>
    </div>
  )
  return (
    <div className="ms-report-text">
      <p><Runs runs={block.runs} onOpen={onOpen} /></p>
      {editing ? <div className="ms-report-tools">{block.by ? <><span className="ms-hint">{t('editedBy', { by: block.by })}</span><Button type="link" size="small" aria-expanded={compare} onClick={() => setCompare(!compare)}>{t('compare')}</Button></> : null}{here ? <span className="ms-hint">{t('editingHere', { names: here })}</span> : null}<Button type="link" size="small" onClick={() => open(was)}>{t('edit')}</Button></div> : null}
      {compare && editing ? <p className="ms-report-generated">{t('generatedText')}<Runs runs={block.generated} onOpen={onOpen} /></p> : null}
    </div>
  )
}

function BlockView({ block, picture, editing, onOpen }: { block: BlockOf; picture: (block: DataBlock) => ReactElement; editing: Editing | null; onOpen: Open }): ReactElement {
  switch (block.kind) {
    case 'heading': return <h2 id={block.id}>{block.text}</h2>
    case 'note': return <p className="ms-note" data-tone="near">{block.text}</p>
    case 'text': return <TextView block={block} editing={editing} onOpen={onOpen} />
    case 'data': return <DataView block={block} picture={picture} onOpen={onOpen} />
    case 'list': return (
      <figure>
        <figcaption>{block.title}</figcaption>
        {block.rows.length === 0 ? <p className="ms-hint">{block.empty}</p> : <table className="ms-plain-table"><thead><tr>{block.columns.map((c) => <th key={c.label} scope="col" className={c.end ? 'ms-data-end' : undefined}>{c.label}</th>)}</tr></thead><tbody>{block.rows.map((row, i) => <tr key={i}>{row.cells.map((cell, j) => <td key={j} className={block.columns[j]?.end ? 'ms-data-end' : undefined}>{j === 0 && row.number ? <Link to={`/orders/${row.number}`}>{cell}</Link> : cell}</td>)}</tr>)}</tbody></table>}
        {block.more > 0 ? <p className="ms-hint">{t('moreRows', { n: block.more })}</p> : null}
      </figure>
    )
  }
}

export function Paper({ content, picture, editing = null }: { content: Content; picture: (block: DataBlock) => ReactElement; editing?: Editing | null }): ReactElement {
  const [opened, setOpened] = useState<Figure | null>(null)
  return (
    <article className="ms-report-paper">
      <header><h1>{content.title}</h1><p>{content.subtitle}</p></header>
      {content.sections.map((s) => s.blocks.length === 0 ? null : <section key={s.key} className="ms-report-section">{s.blocks.map((b) => <div key={b.id} data-half={(b.kind === 'data' && b.half) || undefined}><BlockView block={b} picture={picture} editing={editing} onOpen={setOpened} /></div>)}</section>)}
      {content.basis ? <p className="ms-hint ms-report-basis">{content.basis}</p> : null}
      {opened ? <Drawer open size={860} title={t('rowsOf', { name: opened.name })} onClose={() => setOpened(null)}><BehindFigure keys={opened.keys} where={opened.where} period={{ from: opened.from, to: opened.to }} column={{ code: opened.indicator, name: opened.name, kind: 'basic', unit: '', direction: 'none', version: 0, statement: opened.statement, formula: null, asked: true }} /></Drawer> : null}
    </article>
  )
}

/** The chart of a block that is not stored yet. */
export function PreviewPicture({ block }: { block: DataBlock }): ReactElement {
  const drawn = useQueryOf('previewReportPicture', { block }, { staleTime: 600_000 })
  return drawn.data ? <img alt={block.title} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.data.svg)}`} /> : <div className="ms-report-blank" />
}
