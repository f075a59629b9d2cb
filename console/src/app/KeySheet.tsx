// Ctrl /: what the keyboard does right here.
import { Modal } from 'antd'
import type { ReactElement } from 'react'
import { useActiveKeys } from '../ui/keys.ts'
import { t } from './texts.zh-CN.ts'

export default function KeySheet({ close }: { close: () => void }): ReactElement {
  const groups = new Map<string, Map<string, string>>()
  for (const layer of useActiveKeys()) {
    const rows = groups.get(layer.group) ?? new Map<string, string>()
    for (const binding of layer.bindings) if (binding.enabled !== false) rows.set(binding.keys, binding.label)
    if (rows.size) groups.set(layer.group, rows)
  }
  return (
    <Modal open title={t('keys.title')} footer={<span className="ms-hint">{t('keys.hint')}</span>} onCancel={close} width={720}>
      <div className="ms-keys">
        {[...groups].map(([group, rows]) => (
          <section key={group}>
            <h3>{group}</h3>
            {[...rows].map(([keys, label]) => <div key={keys}><span>{label}</span><span>{keys.split(' ').map((one) => <kbd key={one} className="ms-kbd">{one}</kbd>)}</span></div>)}
          </section>
        ))}
      </div>
    </Modal>
  )
}
