// A list of fixed choices; more than seven can be searched by words or pinyin initials.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { fits, loadInitials } from './pinyin.ts'
import type { Initials } from './pinyin.ts'
import { t } from './texts.zh-CN.ts'

type Choice = { value: string; label: string }
type Props = {
  id?: string
  choices: Choice[]
  value: string | string[] | undefined
  onChange: (next: string | string[] | undefined) => void
  multiple?: boolean
  disabled?: boolean
  status?: '' | 'error'
  placeholder?: string
  autoFocus?: boolean
  defaultOpen?: boolean
}

export function ChoiceSelect({ choices, value, onChange, multiple, placeholder, ...rest }: Props): ReactElement {
  const [initials, setInitials] = useState<{ of: Initials } | null>(null)
  const searchable = multiple || choices.length > 7
  return (
    <Select<string | string[], Choice> {...rest} style={{ inlineSize: '100%' }} mode={multiple ? 'multiple' : undefined} options={choices} value={value} allowClear
      placeholder={placeholder ?? t('form.choose')} notFoundContent={t('picker.empty')}
      showSearch={searchable ? { filterOption: (typed, option) => fits(typed, option?.label ?? '', initials?.of(option?.label ?? '') ?? '') } : false}
      onOpenChange={(open) => { if (open && searchable && !initials) void loadInitials().then((of) => setInitials({ of })) }}
      onChange={(next) => onChange(next)} />
  )
}
