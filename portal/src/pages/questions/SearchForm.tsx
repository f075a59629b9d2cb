import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { Button } from '../../kit/Button.tsx'
import { t } from './texts.zh-CN.ts'

export function SearchForm({ initial, onSearch }: { initial: string; onSearch: (query: string) => void }): ReactElement {
  const [text, setText] = useState(initial)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(text.trim())
  }
  return (
    <form className="q-search" role="search" onSubmit={submit}>
      <label className="k-hidden" htmlFor="question-search">{t('search')}</label>
      <input id="question-search" className="k-input" type="search" value={text} onChange={(event) => setText(event.target.value)} placeholder={t('holder')} maxLength={200} enterKeyHint="search" />
      <Button tone="primary" type="submit" icon="search">{t('go')}</Button>
    </form>
  )
}
