// One panel on the wall: numbers, bars and rankings as text, the rest on a canvas.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Canvas } from './Canvas.tsx'
import { mapOption, optionOf } from './options.ts'
import { t } from './texts.zh-CN.ts'
import { amount, asked, changeOf, words, type Answer, type Panel, type PanelData } from './values.ts'

type Props = { panel: Panel; data: PanelData | undefined; board: string; scale: number }

export function PanelBox(props: Props): ReactElement {
  const { panel, data } = props
  const place = panel.at ? { gridColumn: `${panel.at.column} / span ${panel.at.width}`, gridRow: `${panel.at.row} / span ${panel.at.height}` } : { gridColumn: `span ${panel.width * 2}`, gridRow: 'span 4' }
  const bare = panel.kind === 'figures' || panel.kind === 'telephone'
  return (
    <section className="s-panel" data-kind={panel.kind} style={place}>
      {bare && (panel.at?.height ?? 4) <= 2 ? null : <h2>{panel.title}</h2>}
      <div className="s-body">{data ? <Content {...props} data={data} /> : panel.kind === 'text' ? <p className="s-text">{panel.text}</p> : <p className="s-nothing">{t('loading')}</p>}</div>
    </section>
  )
}

function Content({ panel, data, board, scale }: Props & { data: PanelData }): ReactElement {
  const { answer } = data
  if (panel.kind === 'text') return <p className="s-text">{panel.text}</p>
  if (data.telephone) return <Telephone now={data.telephone} />
  if (panel.kind === 'groups') return <Bars rows={data.groups.map((one) => ({ name: one.name, value: one.now, text: words(String(one.now), ''), change: changeOf({ unit: '', direction: 'none' }, one.now, one.before) }))} />
  if (panel.kind === 'map') return <MapOf panel={panel} data={data} board={board} scale={scale} />
  if (!answer) return <Nothing />
  switch (panel.kind) {
    case 'figures': return <Figures answer={answer} />
    case 'rank': case 'table': case 'heat': case 'pivot': case 'scatter': return <Ranking answer={answer} />
    case 'progress': return <Progress answer={answer} target={panel.target} />
    default: return <Chart panel={panel} answer={answer} scale={scale} />
  }
}

const Nothing = (): ReactElement => <p className="s-nothing">{t('nothing')}</p>

function Chart({ panel, answer, scale }: { panel: Panel; answer: Answer; scale: number }): ReactElement {
  const option = useMemo(() => optionOf(panel, answer), [panel, answer])
  return option && (answer.rows.length > 0 || panel.kind === 'gauge') ? <Canvas option={option} label={panel.title} scale={scale} /> : <Nothing />
}

function MapOf({ panel, data, board, scale }: Props & { data: PanelData }): ReactElement {
  const name = `${board}.${panel.id}`
  const areas = data.map?.areas ?? []
  const option = useMemo(() => mapOption(panel, data, name), [panel, data, name])
  const known = useMemo(() => ({ name, areas }), [name, areas])
  if (areas.length === 0) return <p className="s-nothing">{t('noOutline')}</p>
  return <>{<Canvas option={option} label={panel.title} scale={scale} map={known} />}{data.map && data.map.withoutPoint > 0 && panel.note === 'points' ? <p className="s-beside">{t('withoutPoint', { n: data.map.withoutPoint })}</p> : null}</>
}

function Figures({ answer }: { answer: Answer }): ReactElement {
  return (
    <dl className="s-figures" data-count={asked(answer).length}>
      {asked(answer).map((c) => {
        const change = answer.before ? changeOf(c, amount(answer.total[c.code]), amount(answer.before.total[c.code])) : null
        return <div key={c.code}><dt>{c.name}</dt><dd>{words(answer.total[c.code], c.unit)}{c.unit === '%' || c.unit === '' ? null : <small>{c.unit}</small>}</dd>{answer.before ? <p data-tone={change?.tone}>{change ? `${t('before')} ${change.text}` : t('noBase')}</p> : null}</div>
      })}
    </dl>
  )
}

type Bar = { name: string; value: number; text: string; change?: ReturnType<typeof changeOf> }

function Bars({ rows }: { rows: Bar[] }): ReactElement {
  if (rows.length === 0) return <Nothing />
  const most = Math.max(1, ...rows.map((one) => one.value))
  return (
    <ol className="s-bars" data-few={rows.length < 4 || undefined}>
      {rows.map((one, i) => <li key={one.name}><span className="s-place" data-top={i < 3 || undefined}>{i + 1}</span><span className="s-name">{one.name}</span><span className="s-track"><i style={{ inlineSize: `${(one.value / most) * 100}%` }} /></span>{one.change === undefined ? null : <span className="s-change" data-tone={one.change?.tone}>{one.change?.text ?? ''}</span>}<b>{one.text}</b></li>)}
    </ol>
  )
}

function Ranking({ answer }: { answer: Answer }): ReactElement {
  const column = asked(answer)[0]
  if (!column) return <Nothing />
  return <Bars rows={answer.rows.map((row) => ({ name: row.keys.map((k) => k.name).join(' · '), value: amount(row.values[column.code]) ?? 0, text: words(row.values[column.code], column.unit), ...(answer.before ? { change: changeOf(column, amount(row.values[column.code]), amount(row.before?.[column.code])) } : {}) }))} />
}

function Progress({ answer, target }: { answer: Answer; target: number | undefined }): ReactElement {
  return (
    <ol className="s-bars">
      {asked(answer).map((c) => {
        const value = amount(answer.total[c.code])
        return <li key={c.code}><span className="s-name">{c.name}</span><span className="s-track" data-tone={value === null || target === undefined ? undefined : value < target ? 'near' : 'ok'}><i style={{ inlineSize: `${Math.min(100, value ?? 0)}%` }} />{target === undefined ? null : <em style={{ insetInlineStart: `${target}%` }} />}</span><b>{words(answer.total[c.code], c.unit)}</b></li>
      })}
    </ol>
  )
}

function Telephone({ now }: { now: NonNullable<PanelData['telephone']> }): ReactElement {
  const facts = [['waiting', now.waiting, now.waiting > 0 ? 'near' : undefined], ['ready', now.ready, 'ok'], ['talking', now.talking, undefined], ['busy', now.busy, now.busy > 0 ? 'over' : undefined], ['arrived', now.arrived, undefined], ['answered', now.answered, undefined]] as const
  return (
    <dl className="s-figures">
      {facts.map(([key, value, tone]) => <div key={key}><dt>{t(key)}</dt><dd data-tone={tone}>{words(String(value), '')}</dd></div>)}
      <div><dt>{t('rate')}</dt><dd>{now.arrived === 0 ? '–' : `${((now.answered / now.arrived) * 100).toFixed(1)}%`}</dd></div>
    </dl>
  )
}
