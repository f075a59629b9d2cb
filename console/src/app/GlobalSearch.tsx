// Ctrl K: numbers, orders, people, units, knowledge and functions in one box.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { request } from '../api/http.ts'
import { Icon } from '../ui/icons.tsx'
import { fits, loadInitials } from '../ui/pinyin.ts'
import type { Initials } from '../ui/pinyin.ts'
import type { FeatureCommand } from './feature.ts'
import { PickList } from './PickList.tsx'
import type { PickGroup } from './PickList.tsx'
import type { RailSection } from './rail.ts'
import { t } from './texts.zh-CN.ts'

type Found = { groups: { kind: string; label: string; items: { id: string; title: string; hint?: string; link: string }[] }[] }

const kinds: Record<string, string> = { '#': 'orders', '@': 'people', '?': 'knowledge' }

export default function GlobalSearch({ sections, commands, close }: { sections: RailSection[]; commands: FeatureCommand[]; close: () => void }): ReactElement {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [initials, setInitials] = useState<{ of: Initials } | null>(null)
  const navigate = useNavigate()
  useEffect(() => void loadInitials().then((of) => setInitials({ of })), [])
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 150)
    return () => clearTimeout(timer)
  }, [typed])
  const sign = /^[>#@?？＃＠]/.exec(asked)?.[0].replace('？', '?').replace('＃', '#').replace('＠', '@') ?? ''
  const words = sign ? asked.slice(1).trim() : asked
  const found = useQuery({
    queryKey: ['globalSearch', sign, words],
    queryFn: ({ signal }) => request<Found>('GET', '/api/search', { q: words, kind: kinds[sign] }, { signal }),
    enabled: words.length >= 2 && sign !== '>',
    retry: false,
    placeholderData: keepPreviousData,
  })
  const go = (path: string) => {
    close()
    void navigate(path)
  }
  const fit = (label: string) => fits(words, label, initials?.of(label) ?? '')
  const places = [
    ...sections.flatMap((section) => section.entries.map((entry) => ({ key: entry.path, title: entry.label, hint: section.label, run: () => go(entry.path) }))),
    ...commands.map((command) => ({ key: `c:${command.id}`, title: command.label, hint: command.keys, run: () => go(command.path) })),
  ].filter((item) => fit(`${item.hint ?? ''}${item.title}`) || fit(item.title))
  const groups: PickGroup[] = []
  const number = /^\d[\d\s]{7,}$/.test(words) && (sign === '' || sign === '#') ? words.replace(/\s/g, '') : null
  if (number) groups.push({ label: t('search.orders'), items: [{ key: 'number', title: t('search.goOrder', { number }), run: () => go(`/orders/${number}`) }] })
  if (sign !== '>' && words.length >= 2) groups.push(...(found.data?.groups ?? []).map((group) => ({ label: group.label, items: group.items.map((item) => ({ key: item.link, title: item.title, hint: item.hint, run: () => go(item.link) })) })))
  if (sign === '' || sign === '>') groups.push({ label: t('search.pages'), items: places.slice(0, words ? 8 : 12) })
  const empty = words !== '' && !found.isFetching && groups.every((group) => group.items.length === 0)
  return (
    <Modal open closable={false} footer={null} onCancel={close} width={640} style={{ insetBlockStart: 72 }} title={null}>
      <PickList groups={groups.filter((group) => group.items.length)} head={(onKeyDown) => (
        <Input autoFocus size="large" variant="borderless" prefix={<Icon name="search" size={20} />} placeholder={t('search.placeholder')} aria-label={t('search.placeholder')} value={typed} onChange={(e) => setTyped(e.target.value)} onKeyDown={onKeyDown} />
      )} />
      {empty ? <p className="ms-muted">{t('search.none', { q: words })}</p> : null}
      <div className="ms-hint" style={{ whiteSpace: 'pre' }}>{t('search.prefixes')}</div>
    </Modal>
  )
}
