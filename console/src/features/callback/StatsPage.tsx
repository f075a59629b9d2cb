// Three rates over a period with definition, base and the answers behind every figure.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Chart, Figure } from '../../ui/Figure.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { light } from '../../ui/tokens.ts'
import { unitLoader } from '../orders/pickers.ts'
import { periodOf } from '../../ui/period.ts'
import type { Period } from '../../ui/period.ts'
import { Breakdown } from './Breakdown.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { rowsPath } from './period.ts'
import { RatesByUnit } from './RatesByUnit.tsx'
import { t } from './texts.zh-CN.ts'
import './callback.css'

type Rates = OutputOf<'callbackRates'>
const parts = ['yes', 'no', 'notStated'] as const
const shown = [{ key: 'response', figure: 'contacted' }, { key: 'solved', figure: 'solved' }, { key: 'satisfied', figure: 'satisfied' }] as const
export default function StatsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const unitId = search.get('unitId') ?? undefined
  const rates = useQueryOf('callbackRates', { ...period, ...(unitId ? { unitId } : {}) }, { keepPrevious: true })
  const units = useMemo(() => unitLoader(), [])
  const go = (next: Partial<Period> & { unitId?: string }) => {
    const all = { ...period, unitId, ...next }
    setSearch({ from: all.from, to: all.to, ...(all.unitId ? { unitId: all.unitId } : {}) })
  }
  return (
    <Page title={t('stats')} bar={
      <PeriodBar period={period} onChange={go}>
        <span style={{ inlineSize: 240 }}><UnitPicker loader={units} value={unitId} placeholder={t('stats.unit')} onChange={(next) => go({ unitId: typeof next === 'string' ? next : undefined })} /></span>
      </PeriodBar>
    }>
      <QueryView query={rates}>
        {(data) => (
          <>
            <div className="ms-callback-rates">
              {shown.map(({ key, figure }) => <RateFigure key={key} label={t(`stats.${key}`)} part={data[key]} figure={figure} data={data} period={period} unitId={unitId} />)}
              <Figure label={t('stats.calledBack')} value={data.calledBack} to={rowsPath(period, 'calledBack', unitId)} definition={{ definition: t('stats.calledBackHelp') }} />
              <Figure label={t('stats.notReached')} value={data.notReached} to={rowsPath(period, 'notReached', unitId)} definition={{ definition: t('stats.notReachedHelp') }} delta={data.countedAsSatisfied ? { text: `${t('stats.countedAsSatisfied')} ${count(data.countedAsSatisfied)}` } : undefined} />
              <Figure label={t('stats.formUnanswered')} value={data.formUnanswered} to={rowsPath(period, 'formUnanswered', unitId)} definition={{ definition: t('stats.formUnansweredHelp') }} />
              <Figure label={t('stats.notAttributable')} value={data.notAttributable} to={rowsPath(period, 'notAttributable', unitId)} definition={{ definition: t('stats.notAttributableHelp') }} />
            </div>
            <div className="ms-note" data-tone="info">{t('stats.definition')}：{data.definition}{data.includesNotReached ? `；${t('stats.included')}` : ''}</div>
            <Breakdown period={period} unitId={unitId} />
            <div className="ms-callback-halves">
              <RatesByUnit period={period} unitId={unitId} />
              <Section title={t('stats.answers')}><AnswersChart data={data} period={period} unitId={unitId} /></Section>
            </div>
          </>
        )}
      </QueryView>
    </Page>
  )
}

type RateProps = { label: string; part: Rates['solved']; figure: (typeof shown)[number]['figure']; data: Rates; period: Period; unitId: string | undefined }

function RateFigure({ label, part, figure, data, period, unitId }: RateProps): ReactElement {
  return (
    <div className="ms-callback-rate">
      <Figure label={label} value={rate(part.rate)} to={rowsPath(period, `${figure}.yes`, unitId)} delta={{ text: part.base ? t('stats.base', { n: count(part.base) }) : t('stats.noBase') }} definition={{ definition: data.definition, formula: t('stats.formula', { yes: count(part.yes), base: count(part.base) }), filter: `${data.from} – ${data.to}` }} />
      <div className="ms-callback-parts">
        {parts.map((name) => <span key={name} className="ms-muted">{t(`stats.${name}`)} <Link to={rowsPath(period, `${figure}.${name}`, unitId)}>{count(part[name])}</Link></span>)}
      </div>
    </div>
  )
}

const tones = { yes: light['ok-mark'], no: light['over-mark'], notStated: light['line-control'] }

function AnswersChart({ data, period, unitId }: { data: Rates; period: Period; unitId: string | undefined }): ReactElement {
  const navigate = useNavigate()
  const option = useMemo(() => ({
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', inverse: true, data: shown.map((one) => t(`short.${one.figure}`)) },
    series: parts.map((part) => ({ type: 'bar', stack: 'all', name: t(`stats.${part}`), itemStyle: { color: tones[part] }, barMaxWidth: 28, label: { show: true, formatter: ({ value }: { value: number }) => (value > 0 ? String(value) : '') }, data: shown.map((one) => data[one.key][part]) })),
  }), [data])
  return (
    <Chart height={220} option={option} summary={t('stats.answersSummary', { n: count(data.calledBack), rate: rate(data.satisfied.rate) })}
      table={{ columns: [t('stats.question'), ...parts.map((part) => t(`stats.${part}`))], rows: shown.map((one) => [t(`short.${one.figure}`), ...parts.map((part) => data[one.key][part])]) }}
      onPick={({ dataIndex, seriesName }) => {
        const question = shown[dataIndex]
        const part = parts.find((one) => t(`stats.${one}`) === seriesName)
        if (question && part) void navigate(rowsPath(period, `${question.figure}.${part}`, unitId))
      }} />
  )
}
