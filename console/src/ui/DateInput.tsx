// Dates by picker or by typing `1118 14`; the value is a calendar date or an ISO instant.
import { DatePicker } from 'antd'
import type { Dayjs } from 'dayjs'
import type { KeyboardEvent, ReactElement } from 'react'
import { t } from './texts.zh-CN.ts'
import { dateFromPicker, dateToPicker, day, fromPicker, parseTyped, toPicker } from './time.ts'

type Props = {
  id?: string
  value: string
  onChange: (next: string | undefined) => void
  withTime?: boolean
  disabled?: boolean
  status?: '' | 'error'
  placeholder?: string
}

export function DateInput({ id, value, onChange, withTime, disabled, status, placeholder, ...aria }: Props): ReactElement {
  const set = (next: Dayjs | null) => onChange((withTime ? fromPicker(next) : dateFromPicker(next)) ?? undefined)
  const typed = (input: string) => {
    const iso = parseTyped(input)
    if (iso) onChange(withTime ? iso : day(iso))
    return iso !== null
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.target instanceof HTMLInputElement && typed(event.target.value)) event.preventDefault()
  }
  return (
    <DatePicker {...aria} previewValue={false} id={id} style={{ inlineSize: '100%' }} disabled={disabled} status={status} placeholder={placeholder ?? ''} title={t('form.dateHint')} showTime={withTime ? { format: 'HH:mm' } : false}
      format={withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'} value={withTime ? toPicker(value) : dateToPicker(value)} onChange={set} onKeyDown={onKeyDown}
      onBlur={(event) => { if (event.target instanceof HTMLInputElement) typed(event.target.value) }} />
  )
}
