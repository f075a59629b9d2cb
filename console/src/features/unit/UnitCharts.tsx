// Open work of the unit by state and by time, as charts with their tables.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { Chart } from '../../ui/Figure.tsx'
import { Section } from '../../ui/Page.tsx'
import { colors } from './chart-colors.ts'
import { t } from './texts.zh-CN.ts'
import { boxPath, timings } from './unit-data.ts'
import type { UnitBoard, UnitBox } from './unit-data.ts'

const states: UnitBox[] = ['toSign', 'handling', 'toApprove']
const groups: UnitBox[] = ['toSign', 'handling', 'toApprove', 'toAccept', 'redo', 'children']

export function UnitCharts({ board }: { board: UnitBoard }): ReactElement {
  const navigate = useNavigate()
  const { pie, bars } = useMemo(() => {
    const of = (box: UnitBox) => board.boxes.find((one) => one.box === box)
    const known = states.flatMap((box) => of(box) ?? [])
    const open = of('open')
    // reported to the unit above: open still, in none of the own boxes
    const rest = (open?.total ?? 0) - known.reduce((sum, box) => sum + box.total, 0)
    const parts = open && rest > 0 ? [...known, { ...open, name: t('chartRest'), total: rest }] : known
    const rows = groups.flatMap((box) => of(box) ?? [])
    return { pie: parts, bars: rows }
  }, [board])
  const total = pie.reduce((sum, box) => sum + box.total, 0)
  const largest = [...pie].sort((a, b) => b.total - a.total)[0]
  const sum = (timing: (typeof timings)[number]) => bars.reduce((all, box) => all + (box.split.find((one) => one.timing === timing)?.count ?? 0), 0)
  const pieOption = useMemo(() => ({
    tooltip: { trigger: 'item' },
    series: [{ type: 'pie', radius: ['42%', '66%'], label: { formatter: '{b} {c}' }, data: pie.filter((box) => box.total > 0).map((box) => ({ name: box.name, value: box.total })) }],
  }), [pie])
  const barOption = useMemo(() => ({
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', inverse: true, data: bars.map((box) => box.name) },
    series: timings.map((timing) => ({ type: 'bar', stack: 'all', name: t(`timing.${timing}`), itemStyle: { color: colors[timing] }, barMaxWidth: 20, data: bars.map((box) => box.split.find((one) => one.timing === timing)?.count ?? 0) })),
  }), [bars])
  return (
    <>
      <Section title={t('chartStates')}>
        {largest && total > 0
          ? <Chart height={180} option={pieOption} summary={t('chartStatesSummary', { n: total, name: largest.name, max: largest.total })} table={{ columns: [t('chartState'), t('chartCount')], rows: pie.map((box) => [box.name, box.total]) }}
            onPick={({ name }) => { const box = pie.find((one) => one.name === name); if (box) void navigate(boxPath(box.box, box.query)) }} />
          : <p className="ms-hint">{t('chartNone')}</p>}
      </Section>
      <Section title={t('chartTiming')}>
        <Chart height={220} option={barOption} summary={t('chartTimingSummary', { over: sum('overdue'), near: sum('near') })}
          table={{ columns: [t('chartBox'), ...timings.map((timing) => t(`timing.${timing}`))], rows: bars.map((box) => [box.name, ...timings.map((timing) => box.split.find((one) => one.timing === timing)?.count ?? 0)]) }}
          onPick={({ dataIndex, seriesName }) => {
            const box = bars[dataIndex]
            const part = box?.split.find((one) => t(`timing.${one.timing}`) === seriesName)
            if (box && part) void navigate(boxPath(box.box, part.query))
          }} />
      </Section>
    </>
  )
}
