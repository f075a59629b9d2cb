import { useId } from 'react'
import type { ReactElement } from 'react'
import { Icon } from './Icon.tsx'
import { t } from './texts.zh-CN.ts'

const words = [t('starWords1'), t('starWords2'), t('starWords3'), t('starWords4'), t('starWords5')] as const

/** One to five stars as a radio group: arrows, numbers for readers, the word beside. */
export function Stars({ label, value, onValue }: { label: string; value: number; onValue: (value: number) => void }): ReactElement {
  const group = useId()
  return (
    <fieldset className="k-field" data-field="stars">
      <legend className="k-label">{label}</legend>
      <div className="k-line">
        <div className="k-stars">
          {[1, 2, 3, 4, 5].map((n) => (
            <label key={n} className="k-star" data-on={n <= value || undefined}>
              <input type="radio" name={group} value={n} checked={n === value} onChange={() => onValue(n)} aria-label={`${t('star', { n })}，${words[n - 1]}`} />
              <Icon name="star" />
            </label>
          ))}
        </div>
        <span aria-hidden="true">{words[value - 1] ?? ''}</span>
      </div>
    </fieldset>
  )
}

/** Given stars, to read. */
export function StarsShown({ value }: { value: number }): ReactElement {
  return <span><span aria-hidden="true">{'★'.repeat(value)}{'☆'.repeat(5 - value)}</span> {t('star', { n: value })}</span>
}
