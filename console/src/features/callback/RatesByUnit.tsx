// The three rates of each unit directly below the chosen one (or below the centre): worst satisfaction first.
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { rowsPath } from './period.ts'
import type { Period } from '../../ui/period.ts'
import { t } from './texts.zh-CN.ts'

type Line = { id: string; name: string; rates: OutputOf<'callbackRates'> }
/** Requests under way at once: the page must not crowd out the desk of somebody else. */
const lanes = 3

async function readLines(period: Period, under: string | undefined, signal: AbortSignal): Promise<Line[]> {
  const { items } = await call('getUnitTree', {}, { signal })
  const top = under ?? items.find((unit) => unit.parentId === null || !items.some((one) => one.id === unit.parentId))?.id
  const rest = items.filter((unit) => unit.parentId === top && unit.state === 'active')
  const lines: Line[] = []
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let unit = rest.shift(); unit; unit = rest.shift()) lines.push({ id: unit.id, name: unit.name, rates: await call('callbackRates', { ...period, unitId: unit.id }, { signal }) })
  }))
  return lines.filter((line) => line.rates.calledBack + line.rates.notReached > 0).sort((a, b) => (a.rates.satisfied.rate ?? 2) - (b.rates.satisfied.rate ?? 2) || b.rates.calledBack - a.rates.calledBack)
}

export function RatesByUnit({ period, unitId }: { period: Period; unitId: string | undefined }): ReactElement {
  const lines = useQuery<Line[], Problem>({ queryKey: ['callbackRates', 'byUnit', period, unitId], queryFn: ({ signal }) => readLines(period, unitId, signal), staleTime: 300_000 })
  const cell = (line: Line, key: 'response' | 'solved' | 'satisfied', figure: string) => {
    const { rate: value, base } = line.rates[key]
    return <td className="ms-num"><Link to={rowsPath(period, `${figure}.yes`, line.id)} title={t('stats.base', { n: count(base) })}>{rate(value)}</Link></td>
  }
  return (
    <Section title={t('stats.byUnit')} extra={<span className="ms-hint">{t('stats.byUnitHint')}</span>}>
      <QueryView query={lines}>
        {(data) => (data.length === 0 ? <span className="ms-hint">{t('stats.byUnitNone')}</span> : (
          <table className="ms-callback-table">
            <caption className="ms-hidden">{t('stats.byUnit')}</caption>
            <thead><tr><th scope="col">{t('stats.unitName')}</th><th scope="col" className="ms-num">{t('stats.count')}</th><th scope="col" className="ms-num">{t('stats.response')}</th><th scope="col" className="ms-num">{t('stats.solved')}</th><th scope="col" className="ms-num">{t('stats.satisfied')}</th></tr></thead>
            <tbody>
              {data.map((line) => (
                <tr key={line.id}>
                  <th scope="row">{line.name}</th>
                  <td className="ms-num"><Link to={rowsPath(period, 'calledBack', line.id)}>{count(line.rates.calledBack)}</Link></td>
                  {cell(line, 'response', 'contacted')}{cell(line, 'solved', 'solved')}{cell(line, 'satisfied', 'satisfied')}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
