// A field that may not change any more: its value, a lock, and the rule on hover.
import type { ReactElement } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import { t } from './texts.zh-CN.ts'
import './matters.css'

export function Locked({ label, value }: { label: string; value: string }): ReactElement {
  return (
    <div className="ms-field">
      <span className="ms-field-label">{label}</span>
      <div className="ms-lockedfield" title={t('lockedRule', { fields: label })}><Icon name="lock" size={14} label={t('locked')} /><span className="ms-ellipsis">{value}</span><span className="ms-grow" /><span className="ms-hint">{t('locked')}</span></div>
    </div>
  )
}
