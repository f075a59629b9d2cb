// Labels for several orders of a list at once.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { PickerInput } from '../../ui/Pickers.tsx'
import { labelLoader } from './label-loader.ts'
import { t } from './texts.zh-CN.ts'

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

export function BulkLabels({ orderIds, onClose }: { orderIds: string[]; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  return (
    <ActDrawer open onClose={onClose} title={t('bulk')} submitLabel={t('bulk')} schema={{ type: 'object', properties: {} }} initial={{ add: [], remove: [] }}
      own={{
        names: ['add', 'remove'],
        render: (form) => (
          <div className="ms-stack">
            {(['add', 'remove'] as const).map((name) => (
              <div key={name} className="ms-field" data-field={name}>
                <span className="ms-field-label">{name === 'add' ? t('addThese') : t('removeThese')}</span>
                <PickerInput multiple loader={labelLoader} value={ids(form.value[name])} placeholder={t('chooseLabels')} onChange={(next) => form.set({ [name]: next })} />
                {form.errors[name] ? <span className="ms-field-error" role="alert">{form.errors[name]}</span> : null}
              </div>
            ))}
          </div>
        ),
      }}
      submit={async (v) => {
        const done = await call('labelOrders', { orderIds, add: ids(v.add), remove: ids(v.remove) })
        say(`${t('bulkDone', { n: done.changed })}${done.skipped.length ? t('bulkSkipped', { n: done.skipped.length, why: done.skipped[0]?.reason ?? '' }) : ''}`, done.skipped.length ? 'over' : undefined)
      }}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ['list'] })
        onClose()
      }} />
  )
}
