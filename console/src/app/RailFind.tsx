// Finds an entry of a long rail by name, heading or pinyin initials; Enter opens the first, Esc shows all again.
import { Input } from 'antd'
import type { KeyboardEvent, ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { Icon } from '../ui/icons.tsx'
import { composing } from '../ui/keys.ts'
import { loadInitials } from '../ui/pinyin.ts'
import type { Initials } from '../ui/pinyin.ts'
import { t } from './texts.zh-CN.ts'

const none: Initials = () => ''

/** The initials of words, once somebody types; until the dictionary is there names alone are compared. */
export function useInitials(wanted: boolean): Initials {
  const [known, setKnown] = useState<{ of: Initials }>({ of: none })
  useEffect(() => { if (wanted) void loadInitials().then((of) => setKnown({ of })) }, [wanted])
  return known.of
}

export function RailFind({ typed, onType, first }: { typed: string; onType: (typed: string) => void; first: string | undefined }): ReactElement {
  const navigate = useNavigate()
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return
    if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation()
      onType('')
    } else if (event.key === 'Enter' && first !== undefined) {
      onType('')
      void navigate(first)
    }
  }
  return (
    <div className="ms-rail-find">
      <Input size="small" allowClear type="search" prefix={<Icon name="search" size={14} />} placeholder={t('rail.find')} aria-label={t('rail.find')} value={typed} onChange={(event) => onType(event.target.value)} onKeyDown={onKeyDown} />
    </div>
  )
}
