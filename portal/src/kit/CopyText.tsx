import type { ReactElement } from 'react'
import { Button } from './Button.tsx'
import { say } from './Layers.tsx'
import { t } from './texts.zh-CN.ts'

/** A number or code in even width, kept apart from the direction of the text around it, with a copy button. */
export function CopyText({ value, label, shown }: { value: string; label: string; shown?: string }): ReactElement {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      say(t('copied'))
    } catch {
      say(t('copyFailed'))
    }
  }
  return (
    <span className="k-copy">
      <bdi className="k-code">{shown ?? value}</bdi>
      <Button tone="quiet" onClick={() => void copy()} aria-label={`${t('copy')}${label}`}>{t('copy')}</Button>
    </span>
  )
}
