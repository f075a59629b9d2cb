// A year of statutory holidays and make-up days; changed by the topmost tenant, seen by all; a standing warning when they run out.
import { Button } from 'antd'
import type { KeyboardEvent, ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Page } from '../../../ui/Page.tsx'
import { day as dayOf, nowIso } from '../../../ui/time.ts'
import { SheetImport } from '../parts/SheetImport.tsx'
import type { SheetErrors } from '../parts/SheetImport.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { dateOf, monthGrid } from './month-grid.ts'
import { t } from './texts.zh-CN.ts'
import './calendar.css'

type Calendar = OutputOf<'getCalendar'>
type Day = Calendar['days'][number]
const weekdays = ['一', '二', '三', '四', '五', '六', '日']
const kinds = [{ const: 'holiday', title: t('holidayLong') }, { const: 'workday', title: t('workdayLong') }, { const: 'none', title: t('normal') }]

export default function CalendarPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const today = dayOf(nowIso())
  const year = Number(search.get('year')) || Number(today.slice(0, 4))
  const calendar = useQueryOf('getCalendar', { year }, { keepPrevious: true })
  const send = useAct('getCalendar')
  const [editing, setEditing] = useState<string | null>(null)
  const [pasting, setPasting] = useState(false)
  const go = (to: number) => setSearch({ year: String(to) })
  const held = calendar.data?.days.find((one) => one.date === editing)
  useKeys(t('title'), [{ keys: '[', label: t('previous'), run: () => go(year - 1) }, { keys: ']', label: t('next'), run: () => go(year + 1) }])

  const importYear = async () => {
    if (!(await confirm({ title: t('importTitle', { year }), text: t('importAsk', { year }), verb: t('importVerb') }))) return
    try {
      const { changed } = await send('importShippedYear', { year })
      say(t('imported', { n: changed }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const paste = async (rows: Record<string, string>[]): Promise<SheetErrors> => {
    const errors = rows.flatMap((row, i) => [
      ...(/^\d{4}-\d{2}-\d{2}$/.test(row.date ?? '') ? [] : [{ row: i + 1, field: 'date', message: t('badRow') }]),
      ...(kindOf(row.kind) ? [] : [{ row: i + 1, field: 'kind', message: t('badKind') }]),
    ])
    if (errors.length) return { imported: 0, errors }
    const days = rows.map((row) => ({ date: row.date, kind: kindOf(row.kind), name: row.name || t('holidayLong') }))
    const last = days.map((one) => one.date ?? '').sort().at(-1)?.slice(0, 4)
    const { changed } = await send('saveCalendarDays', { days, ...(last ? { coveredUntil: `${last}-12-31` } : {}) })
    return { imported: changed, errors: [] }
  }
  return (
    <Page title={t('title')} help="calendar"
      state={<span className="ms-row" style={{ gap: 2 }}><Button type="text" size="small" icon={<Icon name="chevronLeft" size={14} label={t('previous')} />} onClick={() => go(year - 1)} /><strong>{t('year', { year })}</strong><Button type="text" size="small" icon={<Icon name="chevronRight" size={14} label={t('next')} />} onClick={() => go(year + 1)} /></span>}
      acts={calendar.data?.editable ? <><Button type="text" icon={<Icon name="upload" />} onClick={() => setPasting(true)}>{t('importPaste')}</Button><Button type="primary" onClick={() => void importYear()}>{t('import')}</Button></> : null}
      bar={calendar.data?.warning ? <div className="ms-note ms-row" role="alert"><Icon name="warning" />{calendar.data.warning}</div> : null}>
      <QueryView query={calendar}>
        {(data) => (
          <>
            <div className="ms-row">
              <span className="ms-day-key" data-kind="holiday">{t('holiday')}</span>{t('legendHoliday')}<span className="ms-day-key" data-kind="workday">{t('workday')}</span>{t('legendWorkday')}<span className="ms-day-key" data-kind="weekend" />{t('legendWeekend')}
              <span className="ms-grow" />
              <span>{t('hours')} {data.workingHours.map((span) => `${span.from}–${span.to}`).join('、')}</span>{can('platform.manageSettings') ? <Link to="/admin/settings?key=calendar.workingHours">{t('editHours')}</Link> : null}
              <span className="ms-muted">{t('zone')} {data.timeZone} · {t('covered', { date: data.coveredUntil })}</span>
            </div>
            {data.editable ? null : <div className="ms-muted">{t('upper')}</div>}
            {data.days.length === 0 ? <div className="ms-note">{t('none', { year })}</div> : null}
            <div className="ms-year" onKeyDown={moveDay}>
              {Array.from({ length: 12 }, (_, i) => i + 1).map((month) => <Month key={month} year={year} month={month} days={data.days} today={today} onPick={data.editable ? setEditing : undefined} />)}
            </div>
          </>
        )}
      </QueryView>
      <ActDrawer open={editing !== null} onClose={() => setEditing(null)} title={t('edit', { date: editing ?? '' })} notice={t('effect')} submitLabel={t('saveVerb')} initial={{ kind: held?.kind ?? 'holiday', ...(held ? { name: held.name } : {}) }}
        schema={{ type: 'object', required: ['kind', 'name'], properties: { kind: { type: 'string', title: t('kind'), oneOf: kinds }, name: { type: 'string', title: t('name'), maxLength: 40, 'x-visibleIf': { field: 'kind', in: ['holiday', 'workday'] } } } }}
        submit={async (values) => {
          if (values.kind === 'none') {
            await send('removeCalendarDay', { date: editing })
            say(t('removed'))
          } else {
            await send('saveCalendarDays', { days: [{ date: editing, kind: values.kind, name: values.name }] })
            say(t('saved'))
          }
        }} />
      <SheetImport open={pasting} onClose={() => setPasting(false)} what={t('pasteWhat')} columns={[{ key: 'date', label: t('date'), required: true, example: '2027-01-01' }, { key: 'kind', label: t('kind'), required: true, example: t('holidayLong') }, { key: 'name', label: t('name'), example: '元旦' }]} run={paste} />
    </Page>
  )
}

function kindOf(text: string | undefined): 'holiday' | 'workday' | null {
  if (text === t('holidayLong') || text === t('holiday') || text === 'holiday') return 'holiday'
  return text === t('workdayLong') || text === t('workday') || text === 'workday' ? 'workday' : null
}

type MonthProps = { year: number; month: number; days: readonly Day[]; today: string; onPick?: (date: string) => void }

function Month({ year, month, days, today, onPick }: MonthProps): ReactElement {
  return (
    <section className="ms-month">
      <h3>{t('months', { n: month })}</h3>
      <table>
        <thead><tr>{weekdays.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>{monthGrid(year, month).map((week, i) => (
          <tr key={i}>{week.map((day, column) => {
            if (day === null) return <td key={column} />
            const date = dateOf(year, month, day)
            const known = days.find((one) => one.date === date)
            const words = t('dayWords', { date, kind: known ? (known.kind === 'holiday' ? t('holidayLong') : t('workdayLong')) : '', name: known?.name ?? '' }).trim()
            return (
              <td key={column}>
                <button type="button" className="ms-day" data-date={date} data-kind={known?.kind ?? (column > 4 ? 'weekend' : undefined)} data-today={date === today || undefined} disabled={!onPick} title={words} aria-label={words} onClick={() => onPick?.(date)}>
                  {day}{known ? <i aria-hidden="true">{known.kind === 'holiday' ? t('holiday') : t('workday')}</i> : null}
                </button>
              </td>
            )
          })}</tr>
        ))}</tbody>
      </table>
    </section>
  )
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Arrow keys walk through the days of the year. */
function moveDay(event: KeyboardEvent<HTMLDivElement>): void {
  const by = steps[event.key]
  if (by === undefined || !(event.target instanceof HTMLElement) || !event.target.dataset.date) return
  const all = [...event.currentTarget.querySelectorAll('[data-date]')]
  const next = all[all.indexOf(event.target) + by]
  if (next instanceof HTMLElement) {
    event.preventDefault()
    next.focus()
  }
}
