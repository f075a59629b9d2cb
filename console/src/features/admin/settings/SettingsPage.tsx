// Parameters by theme with value and origin, and dictionaries.
import { Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { ListTable } from '../../../ui/ListTable.tsx'
import type { Column } from '../../../ui/list-types.ts'
import { Page } from '../../../ui/Page.tsx'
import { UnitPicker } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { unitLoader } from '../../orders/pickers.ts'
import { useTenant } from '../parts/TenantChoice.tsx'
import { DictionariesTab } from './DictionariesTab.tsx'
import { valueText } from './json-schema.ts'
import { themeOf, themes } from './setting-words.zh-CN.ts'
import { PlannedTab } from './PlannedTab.tsx'
import { SettingDrawer } from './SettingDrawer.tsx'
import { t } from './texts.zh-CN.ts'
import './settings.css'

type Setting = OutputOf<'listSettings'>['items'][number]
const units = unitLoader()

function originText(setting: Setting, here: boolean): string {
  return setting.origin.level === 'fallback' ? t('shipped') : here ? t('here') : t('inheritedFrom', { name: setting.origin.name })
}

export const settingColumns: Column<Setting>[] = [
  { key: 'label', title: t('name'), width: 260, render: (one) => one.label },
  { key: 'value', title: t('value'), width: 320, wide: true, render: (one) => valueText(one.key, one.value) },
  { key: 'origin', title: t('origin'), width: 200, render: (one) => (one.origin.level === 'fallback' ? <span className="ms-hint">{originText(one, false)}</span> : <Tag tone={one.version > 0 ? 'primary' : 'low'}>{originText(one, one.version > 0)}</Tag>) },
  { key: 'scope', title: t('scopeName'), width: 150, render: (one) => (one.settable ? t(`scope_${one.scope}`) : <span className="ms-row" style={{ gap: 4, flexWrap: 'nowrap' }}><Icon name="lock" size={12} />{t('readOnly')}</span>) },
]

export default function SettingsPage(): ReactElement {
  const { can } = useSession()
  const { tenantId, choice } = useTenant('platform.readSettings')
  const [search, setSearch] = useSearchParams()
  const parameters = can('platform.readSettings')
  const dictionaries = can('platform.manageDictionaries')
  const tab = search.get('tab') === 'dictionaries' || !parameters ? 'dictionaries' : search.get('tab') === 'planned' ? 'planned' : 'parameters'
  const theme = search.get('theme') ?? ''
  const typed = search.get('q') ?? ''
  const unitId = search.get('unit') ?? undefined
  const place = { ...(tenantId ? { tenantId } : {}), ...(unitId ? { unitId } : {}) }
  const settings = useQueryOf('listSettings', place, { enabled: tab === 'parameters', keepPrevious: true })
  const set = (key: string, value: string | null | undefined) => setSearch((before) => {
    const next = new URLSearchParams(before)
    if (value) next.set(key, value)
    else next.delete(key)
    return next
  })
  const all = settings.data?.items ?? []
  const fitting = all.filter((one) => typed === '' || `${one.key} ${one.label} ${one.help ?? ''}`.toLowerCase().includes(typed.toLowerCase()))
  const shown = fitting.filter((one) => theme === '' || (theme === 'changed' ? one.origin.level !== 'fallback' : themeOf(one.group) === theme))
  const entries = [{ id: '', name: t('all'), n: fitting.length }, { id: 'changed', name: t('overridden'), n: fitting.filter((one) => one.origin.level !== 'fallback').length }, ...themes.map((one) => ({ id: one.id, name: one.name, n: fitting.filter((setting) => themeOf(setting.group) === one.id).length }))]
  return (
    <Page fill title={t('title')} help="settings"
      state={parameters ? <Segmented size="small" value={tab} options={[{ value: 'parameters', label: t('parameters') }, { value: 'planned', label: t('planned_tab') }, ...(dictionaries ? [{ value: 'dictionaries', label: t('dictionaries') }] : [])]} onChange={(next) => setSearch(next === 'parameters' ? {} : { tab: next })} /> : null}
      acts={tab === 'parameters' ? (
        <>
          {choice}
          {tenantId ? null : <div style={{ inlineSize: 220 }}><UnitPicker loader={units} value={unitId} placeholder={t('placeTenant')} onChange={(next) => set('unit', typeof next === 'string' ? next : null)} /></div>}
          <Input allowClear style={{ inlineSize: 220 }} prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(e) => set('q', e.target.value)} />
        </>
      ) : null}>
      {tab === 'dictionaries' ? <DictionariesTab /> : tab === 'planned' ? <PlannedTab /> : (
        <div className="ms-settings">
          <nav className="ms-split-list" aria-label={t('parameters')}><div className="ms-picklist">{entries.map((one) => <button key={one.id} type="button" aria-current={theme === one.id} onClick={() => set('theme', one.id)}><span>{one.name}</span><span className="ms-grow" /><span className="ms-hint">{one.n}</span></button>)}</div></nav>
          <div className="ms-split-list">
            <QueryView query={settings}>
              {() => (shown.length ? <ListTable columns={settingColumns} rows={shown} rowKey={(one) => one.key} caption={t('parameters')} density="standard" onOpen={(one) => set('key', one.key)} current={search.get('key')} /> : <Empty kind="filter" action={{ label: t('all'), run: () => setSearch({}) }} />)}
            </QueryView>
          </div>
        </div>
      )}
      <SettingDrawer name={search.get('key')} place={place} onClose={() => set('key', null)} />
    </Page>
  )
}
