// Figures of the suggestions: how many, what became of them, what many ask for, who takes part.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Chart, Figure } from '../../ui/Figure.tsx'
import { Section } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'
import './suggestions.css'

type Bars = { name: string; count: number }[]

export function Statistics(): ReactElement {
  const [period, setPeriod] = useState<{ from?: string; to?: string }>({})
  const figures = useQueryOf('suggestionStatistics', period)
  return (
    <div className="ms-stack">
      <div className="ms-suggestion-period"><DateInput value={period.from ?? ''} placeholder={t('from')} onChange={(from) => setPeriod({ ...period, from: from || undefined })} />–<DateInput value={period.to ?? ''} placeholder={t('to')} onChange={(to) => setPeriod({ ...period, to: to || undefined })} /></div>
      <QueryView query={figures}>
        {(data) => (
          <>
            <div className="ms-grid"><Figure label={t('sumSubmitted')} value={data.submitted} /><Figure label={t('sumAdopted')} value={data.adopted} /><Figure label={t('sumShare')} value={data.decided === 0 ? null : `${Math.round((data.adopted / data.decided) * 100)}%`} /></div>
            <div className="ms-suggestion-charts">
              <Section><Bar rows={data.states} summary={t('byState')} /></Section>
              <Section><Bar rows={data.kinds} summary={t('byKind')} /></Section>
            </div>
            <Section>{data.words.length === 0 ? <span className="ms-muted">{t('noWords')}</span> : <Bar rows={data.words.slice(0, 10)} summary={t('byWords')} />}</Section>
            <Section title={t('byTenant')} flush>
              <table className="ms-plain-table"><caption className="ms-hidden">{t('byTenant')}</caption>
                <thead><tr><th scope="col">{t('tenant')}</th><th scope="col" className="ms-num">{t('sumSubmitted')}</th><th scope="col" className="ms-num">{t('sumAdopted')}</th><th scope="col" className="ms-num">{t('refusedN')}</th></tr></thead>
                <tbody>{data.tenants.map((one) => <tr key={one.name}><td>{one.name}</td><td className="ms-num">{one.submitted}</td><td className="ms-num">{one.adopted}</td><td className="ms-num">{one.refused}</td></tr>)}</tbody>
              </table>
            </Section>
          </>
        )}
      </QueryView>
    </div>
  )
}

const Bar = ({ rows, summary }: { rows: Bars; summary: string }): ReactElement => (
  <Chart height={200} summary={summary} table={{ columns: [summary, t('sumSubmitted')], rows: rows.map((one) => [one.name, one.count]) }}
    option={{ grid: { left: 8, right: 16, top: 8, bottom: 8, containLabel: true }, xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', data: rows.map((one) => one.name).toReversed() }, series: [{ type: 'bar', barMaxWidth: 20, data: rows.map((one) => one.count).toReversed() }] }} />
)
