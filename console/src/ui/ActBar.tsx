// Acts of an object as the server lists them: main act first; what is not possible now stays and says why (ux.md §1.6, §3.4).
import { Button, Dropdown, Popover, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { Icon } from './icons.tsx'
import { useKeys } from './keys.ts'
import { t } from './texts.zh-CN.ts'
import { instant, moment } from './time.ts'
import './acts.css'

/** One act of the server's list. */
export type Act = { act: string; label?: string; enabled: boolean; rule?: string | null; reason?: string | null; until?: string | null }

export type KnownAct = {
  /** Default: the server's label. */
  label?: string
  /** Shown on the button; opens the act's panel. */
  key?: string
  danger?: boolean
  run: () => void
}

export type ActBarProps = {
  acts: readonly Act[]
  known: Record<string, KnownAct>
  /** The act this person most likely came for. */
  main?: string
  /** Buttons shown; the rest is under 更多. */
  max?: number
  group?: string
}

function whyNot(act: Act): string {
  const words = act.reason ?? act.rule ?? ''
  return act.until ? `${words}（${t('act.until', { time: instant(act.until) > 0 ? moment(act.until) : act.until })}）` : words
}

export function ActBar({ acts, known, main, max = 5, group = '操作' }: ActBarProps): ReactElement | null {
  const usable = acts.flatMap((act) => {
    const how = known[act.act]
    return how ? [{ act, how, label: how.label ?? act.label ?? act.act }] : []
  })
  // main act first, then what can be done, in the server's order
  const rank = (item: { act: Act }) => (item.act.act === main && item.act.enabled ? 0 : item.act.enabled ? 1 : 2)
  const sorted = usable.map((item, i) => ({ ...item, i })).sort((a, b) => rank(a) - rank(b) || a.i - b.i)
  const shown = sorted.slice(0, max)
  const rest = sorted.slice(max)
  const refused = sorted.filter((item) => !item.act.enabled)
  useKeys(group, sorted.flatMap(({ act, how, label }) => (how.key && act.enabled ? [{ keys: how.key, label, run: how.run }] : [])))
  if (sorted.length === 0) return null
  return (
    <div className="ms-acts" role="toolbar" aria-label={group}>
      {shown.map(({ act, how, label }) => (
        <ActButton key={act.act} act={act} how={how} label={label} main={act.act === (main ?? sorted[0]?.act.act)} />
      ))}
      {rest.length ? (
        <Dropdown trigger={['click']} menu={{ items: rest.map(({ act, how, label }) => ({ key: act.act, label: act.enabled ? label : `${label}：${whyNot(act)}`, disabled: !act.enabled, danger: how.danger ?? false, onClick: how.run })) }}>
          <Button>{t('more')} <Icon name="chevronDown" size={12} /></Button>
        </Dropdown>
      ) : null}
      {refused.length ? (
        <Popover trigger="click" title={t('act.why')} content={<ul className="ms-why">{refused.map(({ act, label }) => <li key={act.act}><strong>{label}</strong>{whyNot(act)}</li>)}</ul>}>
          <Button type="text" className="ms-muted">{t('act.why')}</Button>
        </Popover>
      ) : null}
    </div>
  )
}

function ActButton({ act, how, label, main }: { act: Act; how: KnownAct; label: string; main: boolean }): ReactElement {
  const key = how.key ? <kbd className="ms-kbd">{how.key}</kbd> : null
  if (act.enabled) return <Button type={main ? 'primary' : 'default'} danger={how.danger ?? false} onClick={how.run}>{label}{key}</Button>
  // aria-disabled instead of disabled: the reason must be reachable by keyboard and readers
  return (
    <Tooltip title={whyNot(act)}>
      <Button className="ms-act-off" aria-disabled="true" aria-description={whyNot(act)} onClick={(e) => e.preventDefault()}>{label}</Button>
    </Tooltip>
  )
}
