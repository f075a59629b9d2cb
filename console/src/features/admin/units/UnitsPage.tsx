// The organisation tree: units with their place, kind, area and state; moving, disabling, deleting where nothing stands against it.
import { Button, Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { exportSheet } from '../../../ui/export-sheet.ts'
import { say } from '../../../ui/notices.ts'
import { count } from '../../../ui/numbers.ts'
import { Page } from '../../../ui/Page.tsx'
import { areaLoader } from '../../orders/pickers.ts'
import { SheetImport } from '../parts/SheetImport.tsx'
import { useTenant } from '../parts/TenantChoice.tsx'
import { TreePane } from '../../../ui/TreePane.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { UnitView } from './UnitView.tsx'
import { clearable, importColumns, newSchema } from './unit-forms.ts'
import type { UnitNode } from './unit-forms.ts'
import { t } from './texts.zh-CN.ts'

export default function UnitsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { tenantId, choice } = useTenant('platform.manageUnits')
  const disabled = search.get('disabled') === '1'
  const chosen = search.get('unit')
  const tree = useQueryOf('getUnitTree', { ...(tenantId ? { tenantId } : {}), disabled: String(disabled) })
  const send = useAct('getUnitTree', 'getUnit', 'pick')
  const [adding, setAdding] = useState<UnitNode | null>(null)
  const [importing, setImporting] = useState(false)
  const set = (changes: Record<string, string | null>) => setSearch((before) => {
    const next = new URLSearchParams(before)
    for (const [key, value] of Object.entries(changes)) if (value === null) next.delete(key); else next.set(key, value)
    return next
  })
  const items = tree.data?.items ?? []
  const top = items.find((one) => one.parentId === null) ?? null
  const unit = items.find((one) => one.id === chosen) ?? top
  const exportAll = () => exportSheet('units', tenantId ? { tenantId } : {}, ['code', 'name', 'kind', 'areaCode', 'parentCode', 'vertical', 'state', 'users'])
  useKeys(t('title'), [{ keys: 'c', label: t('add'), run: () => setAdding(unit) }])
  return (
    <Page fill title={t('title')} help="units" state={<span className="ms-muted">{tree.data ? t('count', { n: count(items.length) }) : ''}</span>}
      acts={<>
        {choice}
        <Button type="text" icon={<Icon name="upload" />} onClick={() => setImporting(true)}>{t('import')}</Button>
        <Button type="text" icon={<Icon name="download" />} onClick={() => void exportAll()}>{t('export')}</Button>
        <Button type="primary" icon={<Icon name="plus" />} disabled={!unit} onClick={() => setAdding(unit)}>{t('add')}<kbd className="ms-kbd">c</kbd></Button>
      </>}>
      <div className="ms-split" data-wide>
        <QueryView query={tree}>
          {(data) => (
            <TreePane label={t('tree')} selected={unit?.id ?? null} onSelect={(id) => set({ unit: id })}
              items={data.items.map((one) => ({ id: one.id, parentId: one.parentId, name: one.name, code: one.code, off: one.state === 'disabled', note: one.vertical ? t('verticalYes') : one.users ? t('persons', { n: one.users }) : undefined }))}
              extra={<Checkbox checked={disabled} onChange={(e) => set({ disabled: e.target.checked ? '1' : null })}>{t('showDisabled')}</Checkbox>} />
          )}
        </QueryView>
        <div className="ms-split-main">
          {unit ? <UnitView key={unit.id} node={unit} all={items} onAdd={() => setAdding(unit)} onOpen={(id) => set({ unit: id })} /> : <section className="ms-section"><Empty kind="done" text={t('choose')} hint={t('chooseHint')} /></section>}
        </div>
      </div>
      <ActDrawer open={adding !== null} onClose={() => setAdding(null)} title={t('add')} sub={adding ? `${t('parent')} ${adding.name}` : ''} schema={newSchema} loaders={{ area: areaLoader }} draftKey="unit:new"
        initial={{ kind: adding?.kind === 'centre' ? 'handling' : 'section', areaCode: adding?.areaCode, sort: 0, vertical: false }} submitLabel={t('add')}
        submit={async (values) => {
          const made = await send('createUnit', { ...cleared(values, clearable), parentId: adding?.id })
          say(t('created', { name: String(values.name) }))
          set({ unit: made.id })
        }} />
      <SheetImport open={importing} onClose={() => setImporting(false)} what={t('importWhat')} columns={importColumns} run={(rows) => send('importUnits', { rows, ...(tenantId ? { tenantId } : {}) })} />
    </Page>
  )
}

