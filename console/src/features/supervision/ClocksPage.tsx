// All kinds of clocks with how many run, are near their end, overdue or paused.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { count } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { pathOf } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import './supervision.css'

const parts = [['running', 'plain'], ['near', 'near'], ['overdue', 'over'], ['paused', 'plain']] as const

export default function ClocksPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const unitId = search.get('unitId') ?? undefined
  const clocks = useQueryOf('clockRegister', unitId ? { unitId } : {}, { keepPrevious: true })
  const units = useMemo(() => unitLoader(), [])
  useTopic('supervision.board', ['clockRegister'])
  return (
    <Page title={t('clocks')} acts={<span style={{ inlineSize: 260 }}><UnitPicker loader={units} value={unitId} placeholder={t('allUnits')} onChange={(next) => setSearch(typeof next === 'string' ? { unitId: next } : {})} /></span>}>
      <Section extra={<span className="ms-hint">{t('clocks.hint')}</span>}>
        <QueryView query={clocks}>
          {(data) => (
            <table className="ms-board-table">
              <caption className="ms-hidden">{t('clocks')}</caption>
              <thead><tr><th scope="col">{t('col.clock')}</th>{parts.map(([key]) => <th key={key} scope="col" className="ms-num">{t(`clocks.${key}`)}</th>)}</tr></thead>
              <tbody>
                {data.items.map((item) => (
                  <tr key={item.kind}>
                    <th scope="row">{item.name}</th>
                    {parts.map(([key, tone]) => <td key={key} className="ms-num">{item[key] > 0 ? <Link to={pathOf(item.lists[key])} data-tone={tone}>{count(item[key])}</Link> : <span className="ms-hint">0</span>}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </QueryView>
      </Section>
    </Page>
  )
}
