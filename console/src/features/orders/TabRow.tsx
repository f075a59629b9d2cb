// Tabs in one row: those that fit, the rest under 更多, so that none is cut at 1440 px.
import { Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { t } from './texts.zh-CN.ts'

type Tab = { id: string; name: string; count?: number }
type Props = { tabs: readonly Tab[]; current: string; onSee: (id: string) => void }

const MORE = 84

export function TabRow({ tabs, current, onSee }: Props): ReactElement {
  const row = useRef<HTMLDivElement>(null)
  const widths = useRef(new Map<string, number>())
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY)
  const key = tabs.map((tab) => `${tab.id}:${tab.name}:${tab.count ?? 0}`).join()
  useLayoutEffect(() => {
    const el = row.current
    if (!el) return
    for (const one of el.querySelectorAll<HTMLElement>('[data-tab]')) widths.current.set(one.dataset.tab ?? '', one.offsetWidth)
    const measure = () => setRoom(el.clientWidth - 16)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(el)
    return () => watch.disconnect()
  }, [key])
  const width = (tab: Tab): number => widths.current.get(tab.id) ?? 88
  const all = tabs.reduce((sum, tab) => sum + width(tab), 0)
  const shown: Tab[] = []
  let left = all <= room ? room : room - MORE
  for (const tab of tabs) {
    left -= width(tab)
    if (left < 0) break
    shown.push(tab)
  }
  const chosen = tabs.find((tab) => tab.id === current)
  // the open tab is always in the row
  if (chosen && !shown.includes(chosen) && shown.length > 0) shown[shown.length - 1] = chosen
  const rest = tabs.filter((tab) => !shown.includes(tab))
  return (
    <div ref={row} role="tablist" className="ms-tabs">
      {shown.map((tab) => <button key={tab.id} data-tab={tab.id} type="button" role="tab" aria-selected={tab.id === current} onClick={() => onSee(tab.id)}>{tab.name}{tab.count ? <small>{tab.count}</small> : null}</button>)}
      {rest.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items: rest.map((tab) => ({ key: tab.id, label: `${tab.name}${tab.count ? ` ${tab.count}` : ''}` })), onClick: ({ key: id }) => onSee(id) }}>
          <button type="button" className="ms-link-button ms-tabs-more">{t('tab.more', { n: rest.length })}<Icon name="chevronDown" size={12} /></button>
        </Dropdown>
      ) : null}
    </div>
  )
}
